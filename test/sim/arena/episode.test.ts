import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../server/road/geo.ts';
import { makeEpisode } from '../../../server/sim/arena/make-episode.ts';
import { truthAt } from '../../../server/sim/truth.ts';
import { arenaTown } from './town.ts';

const region = arenaTown();
const episodes = Array.from({ length: 150 }, (_, seed) => makeEpisode(region, seed));

describe('an episode', () => {
  it('is a function of its seed', () => {
    const again = arenaTown();
    expect(makeEpisode(again, 7)).toEqual(episodes[7]);
    expect(makeEpisode(region, 8)).not.toEqual(episodes[7]);
  });

  it('begins at home, moves no faster than any road, and ends standing', () => {
    for (const { truth, home, horizonS } of episodes) {
      expect([truth[0]!.lng, truth[0]!.lat]).toEqual(home);
      expect(truth.at(-1)!.atS).toBeGreaterThan(horizonS);
      expect(['atPlace', 'parked']).toContain(truth.at(-1)!.mode);
      truth.slice(1).forEach((to, i) => {
        const from = truth[i]!;
        expect(to.atS).toBeGreaterThanOrEqual(from.atS);
        const stepM = distanceM([from.lng, from.lat], [to.lng, to.lat]);
        if (from.mode === 'driving' && stepM > 60) expect(stepM / (to.atS - from.atS)).toBeLessThan(70);
      });
    }
  });

  it('leaves one destination in five off the prior, and none of these on a fast road', () => {
    const off = episodes.filter(({ truth }) => {
      const last = truth.at(-1)!;
      const near = region.spots.some(spot => distanceM(spot.position, [last.lng, last.lat]) < 300);
      return last.placeId === undefined && !near;
    });
    expect(off.length).toBeGreaterThan(0);
    expect(off.length).toBeLessThan(episodes.length * 0.4);
  });

  it('tells nothing before it is so, and pings late, in part, and some with timing advance', () => {
    const sightings = episodes.flatMap(each => each.sightings);
    for (const { atS, receivedS } of sightings) expect(receivedS).toBeGreaterThan(atS);
    for (const each of episodes)
      expect(each.sightings.map(({ receivedS }) => receivedS)).toEqual(
        each.sightings.map(({ receivedS }) => receivedS).sort((a, b) => a - b),
      );
    const cells = sightings.filter(({ kind }) => kind === 'cell');
    const advanced = cells.filter(each => each.kind === 'cell' && each.timingAdvance !== undefined);
    expect(cells.length / episodes.length).toBeGreaterThan(15);
    expect(cells.length / episodes.length).toBeLessThan(22);
    expect(advanced.length / cells.length).toBeGreaterThan(0.35);
    expect(advanced.length / cells.length).toBeLessThan(0.45);
  });

  it('has antennas that mostly are near, and not always the nearest', () => {
    let nearest = 0;
    let cells = 0;
    for (const { sightings, truth } of episodes) {
      for (const each of sightings) {
        if (each.kind !== 'cell') continue;
        cells++;
        const { at } = truthAt(truth, each.atS);
        const least = Math.min(...region.antennas.map(({ site }) => distanceM(site, at)));
        if (distanceM(each.site, at) <= least + 1) nearest++;
      }
    }
    expect(nearest / cells).toBeGreaterThan(0.4);
    expect(nearest / cells).toBeLessThan(0.98);
  });
});
