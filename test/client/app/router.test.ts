import { describe, expect, it } from 'vitest';
import { deskPath, letterPath, pageAt, replayPath, stationPath } from '../../../client/app/router.ts';

describe('pageAt', () => {
  it('knows the pages', () => {
    expect(pageAt('/')).toEqual({ name: 'home' });
    expect(pageAt('/wall')).toEqual({ name: 'wall' });
    expect(pageAt('/field')).toEqual({ name: 'field' });
    expect(pageAt('/desk/')).toEqual({ name: 'desk', incidentId: null });
    expect(pageAt('/replay')).toEqual({ name: 'replay', of: null });
    expect(pageAt(replayPath('inc 1/2'))).toEqual({ name: 'replay', of: 'inc 1/2' });
    expect(pageAt('/station')).toEqual({ name: 'station', stationId: null });
    expect(pageAt(stationPath('st 1/2'))).toEqual({ name: 'station', stationId: 'st 1/2' });
    expect(pageAt(letterPath('stp 1'))).toEqual({ name: 'letter', stopId: 'stp 1' });
    expect(pageAt('/letter')).toEqual({ name: 'notFound' });
    expect(pageAt('/admin')).toEqual({ name: 'admin', section: null });
    expect(pageAt('/admin/roads')).toEqual({ name: 'admin', section: 'roads' });
    expect(pageAt('/audit')).toEqual({ name: 'audit', section: null });
    for (const path of ['/nowhere', '/desk/a/b', '/wall/x'])
      expect(pageAt(path)).toEqual({ name: 'notFound' });
  });

  it('finds the incident that a desk path names, whatever is in its id', () => {
    for (const id of ['inc_01', 'a/b?c', '警情 1'])
      expect(pageAt(deskPath(id))).toEqual({ name: 'desk', incidentId: id });
    expect(pageAt('/desk/%E0%A4%A')).toEqual({ name: 'desk', incidentId: '%E0%A4%A' });
  });
});
