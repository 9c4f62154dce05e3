import type { Polygon } from 'geojson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jurisdictionsLayer } from '../../../client/map/layers/jurisdictions.ts';
import { defaultSwitches, type LngLat, type MapScene } from '../../../client/map/scene.ts';
import { bordersOf } from '../../../client/map/sources/borders.ts';

/** The unit square with its corner at x, y, each ring turned to start at its own corner. */
function square(x: number, y: number, turn: number, clockwise: boolean): Polygon {
  const corners: LngLat[] = [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
  ];
  if (clockwise) corners.reverse();
  const turned = [...corners.slice(turn), ...corners.slice(0, turn)];
  return { type: 'Polygon', coordinates: [[...turned, turned[0]!]] };
}

const edgesOf = (path: readonly LngLat[]) =>
  path.slice(1).map((to, index) => [String(path[index]), String(to)].sort().join(' '));

describe('borders', () => {
  const cells = fc.uniqueArray(
    fc.record({
      x: fc.integer({ min: 0, max: 4 }),
      y: fc.integer({ min: 0, max: 4 }),
      turn: fc.integer({ min: 0, max: 3 }),
      clockwise: fc.boolean(),
      estimated: fc.boolean(),
    }),
    { selector: ({ x, y }) => `${x},${y}` },
  );

  it('draw every edge of a patchwork exactly once, and know which are shared and which are estimated', () => {
    fc.assert(
      fc.property(cells, squares => {
        const areas = squares.map(({ x, y, turn, clockwise, estimated }) => ({
          geometry: square(x, y, turn, clockwise),
          estimated,
        }));
        const expected = new Map<string, { areas: number; estimated: boolean }>();
        for (const { geometry, estimated } of areas) {
          for (const edge of edgesOf(geometry.coordinates[0] as LngLat[])) {
            const known = expected.get(edge);
            expected.set(edge, {
              areas: (known?.areas ?? 0) + 1,
              estimated: estimated || (known?.estimated ?? false),
            });
          }
        }
        const drawn = bordersOf(areas).flatMap(border =>
          edgesOf(border.path).map(edge => ({ edge, border })),
        );
        expect(drawn.map(({ edge }) => edge).sort()).toEqual([...expected.keys()].sort());
        for (const { edge, border } of drawn) {
          expect([border.outer, border.estimated]).toEqual([
            expected.get(edge)!.areas === 1,
            expected.get(edge)!.estimated,
          ]);
        }
      }),
    );
  });

  it('reach the layer as lines beside the areas, and nothing does when it is switched off', () => {
    const jurisdictions = [0, 1].map(x => ({
      stationId: `s${x}`,
      name: `s${x}`,
      geometry: square(x, 0, 0, false),
      estimated: false,
    }));
    const features = (on: boolean) =>
      jurisdictionsLayer.features({
        jurisdictions,
        lang: 'zh',
        switches: { ...defaultSwitches, jurisdictions: on },
      } as unknown as MapScene).features;
    const roles = features(true).map(({ properties }) => properties?.['role'] as string);
    expect(roles.filter(role => role === 'area')).toHaveLength(2);
    expect(roles.filter(role => role === 'border')).toHaveLength(1);
    expect(features(false)).toEqual([]);
  });
});
