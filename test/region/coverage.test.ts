import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { distanceM, lineLengthM } from '../../server/road/geo.ts';
import { coverageOf } from '../../server/region/coverage.ts';
import type { CameraSeed, LngLat } from '../../server/region/source.ts';
import { importContent } from './extracts.ts';

const lngAt = (metres: number) => 103 + metres / 100_778;

/** A primary road of 6 km from west to east with a side street in the middle, and one that leads back, so that none is dropped. */
async function road(cameras: CameraSeed[]) {
  const nodes = [0, 3000, 6000].map((metres, i) => ({ id: i + 1, lon: lngAt(metres), lat: 25 }));
  const side = { id: 4, lon: lngAt(3000), lat: 25.002 };
  const source = await importContent({
    nodes: [...nodes, side],
    ways: [
      { id: 1, refs: [1, 2, 3], tags: { highway: 'primary', name: '国道' } },
      { id: 2, refs: [2, 4], tags: { highway: 'residential' } },
    ],
  });
  return coverageOf(buildRoadGraph(source.roads), cameras);
}
const camera = (metres: number, headingDeg?: number): CameraSeed => ({
  id: 'K',
  name: 'K',
  position: [lngAt(metres), 25.0001],
  ...(headingDeg !== undefined && { headingDeg }),
});
const metresOf = (lines: readonly (readonly number[][])[]) =>
  lines
    .map(line => line.map(([lng]) => Math.round(((lng! - 103) * 100_778) / 10) * 10))
    .map(xs => [Math.min(...xs), Math.max(...xs)])
    .sort((a, b) => a[0]! - b[0]!);

describe('coverage of the main roads', () => {
  it('without a camera all of them are unwatched, and both ends are ways out', async () => {
    const { unwatched, exits, watched } = await road([]);
    expect(metresOf(unwatched.coordinates)).toEqual([
      [0, 3000],
      [3000, 6000],
    ]);
    expect(watched).toEqual([]);
    expect(exits.map(({ name, cameraM }) => [name, cameraM])).toEqual([
      ['国道', null],
      ['国道', null],
    ]);
  });

  it('a kilometre each way of a camera is watched, also beyond the next junction', async () => {
    const { unwatched, exits } = await road([camera(2600)]);
    expect(metresOf(unwatched.coordinates)).toEqual([
      [0, 1600],
      [3600, 6000],
    ]);
    const away = exits.map(({ cameraM }) => cameraM && Math.round(cameraM / 100) * 100);
    expect(away).toEqual(expect.arrayContaining([2600, null]));
  });

  it('a camera on a side street sees nothing of the main road', async () => {
    const { unwatched, watched } = await road([{ ...camera(3000), position: [lngAt(3000), 25.0015] }]);
    expect(metresOf(unwatched.coordinates)).toEqual([
      [0, 3000],
      [3000, 6000],
    ]);
    expect(watched).toEqual([]);
  });

  it.each([
    ['eastbound', 90, [880, 1000]],
    ['westbound', 270, [1000, 1120]],
    ['both ways', undefined, [880, 1120]],
  ] as const)('%s: the stretch before the camera', async (_name, headingDeg, span) => {
    const { watched } = await road([camera(1000, headingDeg)]);
    expect(metresOf([watched[0]!.line.coordinates])).toEqual([span]);
    const line = watched[0]!.line.coordinates as LngLat[];
    expect(lineLengthM(line)).toBeLessThanOrEqual(242);
    // Drawn towards the camera, so that its end is where plates are read.
    if (headingDeg !== undefined) expect(distanceM(line.at(-1)!, [lngAt(1000), 25])).toBeLessThan(10);
  });
});
