import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '#road/geo.ts';
import { toMapClosures } from '../../../client/desk/scene.ts';
import type { LngLat } from '../../../client/map/scene.ts';
import { closureFeatures, middleOf } from '../../../client/map/sources/closures.ts';

const line: LngLat[] = [
  [103.1, 24.6],
  [103.1, 24.602],
  [103.104, 24.602],
];

describe('closed roads on the map', () => {
  it('are the stretch and a sign in its middle, the selected one marked', () => {
    const world = {
      'clo-1': {
        id: 'clo-1',
        line,
        direction: 'forward' as const,
        closedAt: '2026-11-22T01:00:00Z',
        untilAt: null,
      },
    };
    const closures = toMapClosures(world);
    expect(closures).toEqual([{ id: 'clo-1', path: line, oneWay: true }]);
    const [road, sign] = closureFeatures(closures, { kind: 'closure', id: 'clo-1' });
    expect(road).toMatchObject({
      geometry: { type: 'LineString', coordinates: line },
      properties: { role: 'road', id: 'clo-1', selected: true },
    });
    expect(sign).toMatchObject({ geometry: { type: 'Point' }, properties: { role: 'sign', selected: true } });
    expect(closureFeatures(closures, { kind: 'station', id: 'clo-1' })[1]!.properties).toMatchObject({
      selected: false,
    });
  });

  it('have their sign on the line, as far from its one end as from the other', () => {
    const near = (offset: number) => fc.integer({ min: 0, max: 100 }).map(step => offset + step / 10_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(near(103.1), near(24.6)), { minLength: 2, maxLength: 8 }), points => {
        const middle = middleOf(points);
        const lengths = points.slice(1).map((b, i) => distanceM(points[i]!, b));
        const half = lengths.reduce((sum, length) => sum + length, 0) / 2;
        let walked = 0;
        const reached = lengths.some((length, i) => {
          const fromStart = distanceM(points[i]!, middle);
          const toEnd = distanceM(middle, points[i + 1]!);
          const here =
            Math.abs(fromStart + toEnd - length) < 0.01 && Math.abs(walked + fromStart - half) < 0.01;
          walked += length;
          return here;
        });
        expect(reached || half === 0).toBe(true);
      }),
    );
  });
});
