import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    expect(middleOf(line).map(value => value.toFixed(6))).toEqual(['103.101000', '24.602000']);
    const position = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 8 }), points => {
        const [x, y] = middleOf(points as LngLat[]);
        const lengths = points.slice(1).map((b, i) => Math.hypot(b[0] - points[i]![0], b[1] - points[i]![1]));
        const half = lengths.reduce((sum, length) => sum + length, 0) / 2;
        let walked = 0;
        const reached = lengths.some((length, i) => {
          const fromStart = Math.hypot(x - points[i]![0], y - points[i]![1]);
          const toEnd = Math.hypot(x - points[i + 1]![0], y - points[i + 1]![1]);
          const here =
            Math.abs(fromStart + toEnd - length) < 1e-6 && Math.abs(walked + fromStart - half) < 1e-6;
          walked += length;
          return here;
        });
        expect(reached || half === 0).toBe(true);
      }),
    );
  });
});
