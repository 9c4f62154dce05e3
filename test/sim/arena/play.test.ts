import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectionOf } from '../../../server/domain/detection.ts';
import type { LngLat } from '../../../server/road/geo.ts';
import { distanceM } from '../../../server/road/geo.ts';
import { bankFirst, lastPing } from '../../../server/sim/arena/baselines.ts';
import type { ArenaFact, Episode } from '../../../server/sim/arena/episode.ts';
import { foundAt, isHere, ParkedCar, staysOf } from '../../../server/sim/arena/finding.ts';
import { makeEpisode } from '../../../server/sim/arena/make-episode.ts';
import { oracle, oracleStepS, toldAtFirst } from '../../../server/sim/arena/oracle.ts';
import { play } from '../../../server/sim/arena/play.ts';
import type { ArenaPolicy, ArenaUnit } from '../../../server/sim/arena/policy.ts';
import type { ArenaTarget } from '../../../server/sim/arena/region.ts';
import { offset } from '../../../server/sim/travel.ts';
import { truthAt } from '../../../server/sim/truth.ts';
import { seededRandom } from '../../road/gridTown.ts';
import { arenaTown } from './town.ts';

const region = arenaTown();
const episodes = Array.from({ length: 40 }, (_, seed) => makeEpisode(region, 100 + seed));
const waiting: ArenaPolicy = { fact: () => {}, decide: () => [] };

/** Sends every idle unit anywhere; now and then turns one round that drives. */
function wandering(seed: number): ArenaPolicy {
  const random = seededRandom(seed);
  return {
    fact: () => {},
    decide: (_, units) =>
      units
        .filter(({ doing }) => doing === 'idle' || random() < 0.2)
        .map(({ id: unitId }) => {
          const target = region.spots[Math.floor(random() * region.spots.length)]!;
          return { unitId, target, method: random() < 0.5 ? ('driveBy' as const) : ('walkThrough' as const) };
        }),
  };
}

/** Sends one unit to one target again and again and keeps what it is told. */
function only(target: ArenaTarget, facts: ArenaFact[] = []): ArenaPolicy {
  return {
    fact: fact => facts.push(fact),
    decide: (_, [unit]) =>
      unit?.doing === 'idle' ? [{ unitId: unit.id, target, method: 'walkThrough' as const }] : [],
  };
}

/** She sits there all the time, and units stand where they stand. */
function sitting(id: string, at: LngLat, mode: 'parked' | 'atPlace', units = episodes[0]!.units): Episode {
  const here = { lng: at[0], lat: at[1], mode };
  const truth = [
    { atS: -600, ...here },
    { atS: 1e6, ...here },
  ];
  return { ...episodes[0]!, id, truth, sightings: [], units };
}

describe('who is found', () => {
  const place: ArenaTarget = { id: 'x', kind: 'bank', position: [103.11, 24.61], path: null };
  const line: ArenaTarget = {
    id: 'y',
    kind: 'quietRoad',
    position: [103.11, 24.61],
    path: [
      [103.11, 24.61],
      [103.113, 24.61],
    ],
  };

  it('is within 60 m of the place, or of the segment unless she sits inside somewhere', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 200, noNaN: true }),
        fc.integer({ min: 0, max: 359 }),
        (awayM, course) => {
          fc.pre(Math.abs(awayM - 60) > 0.5);
          const at = offset(place.position, awayM, course);
          for (const mode of ['parked', 'atPlace', 'driving', 'onFoot'] as const) {
            expect(isHere(place, { at, mode, courseDeg: 0 })).toBe(awayM < 60);
            const south = offset(line.path![1]!, awayM, 180);
            expect(isHere(line, { at: south, mode, courseDeg: 0 })).toBe(awayM < 60 && mode !== 'atPlace');
          }
        },
      ),
    );
  });

  it('is found as often as the POD says, at any moment of the search alike', () => {
    const times: number[] = [];
    const attempts = 4000;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const atS = foundAt(sitting('pod', place.position, 'atPlace'), place, 'clerkAsked', 100, attempt);
      if (atS !== null) times.push(atS - 100);
    }
    const { pod, durationS } = detectionOf(place, 'clerkAsked');
    expect(times.length / attempts).toBeCloseTo(pod, 1);
    expect(times.reduce((sum, each) => sum + each, 0) / times.length / durationS).toBeCloseTo(0.5, 1);
    expect(Math.max(...times)).toBeLessThanOrEqual(durationS);
  });

  it('is noticed three times in ten by who drives past her parked car, never when she is inside or gone', () => {
    const { driving, points } = region;
    const random = seededRandom(5);
    let [drives, noticed] = [0, 0];
    for (let i = 0; drives < 200 && i < 10_000; i++) {
      const car = points.snap(Math.floor(random() * points.count));
      const from = points.snap(Math.floor(random() * points.count)).position;
      const target = region.spots[Math.floor(random() * region.spots.length)]!;
      const units = [{ id: 'u1', at: from }];
      const way = driving.way(driving.snap(from)!, target.snap!);
      const passes = new ParkedCar(region.graph, sitting('x', car.position, 'parked').truth).passes(
        way?.pieces ?? [],
        0,
      );
      if (!way || passes.length === 0 || distanceM(target.position, car.position) < 200) continue;
      drives++;
      const once: ArenaPolicy = {
        fact: () => {},
        decide: (_, __, why) => (why === 'start' ? [{ unitId: 'u1', target, method: 'walkThrough' }] : []),
      };
      const episode = sitting(`passed-${i}`, car.position, 'parked', units);
      const { found, foundS } = play(region, episode, once);
      if (found) expect(passes.some(atS => Math.abs(atS - foundS) < 0.01)).toBe(true);
      noticed += found ? 1 : 0;
      expect(
        play(region, { ...episode, truth: sitting('', car.position, 'atPlace').truth }, once).found,
      ).toBe(false);
    }
    expect(drives).toBeGreaterThan(100);
    // A drive may pass her twice.
    expect(noticed / drives).toBeGreaterThan(0.2);
    expect(noticed / drives).toBeLessThan(0.45);
  });
});

describe('common luck', () => {
  it('is the same for every policy that searches a place for the n-th time, whoever goes and whenever', () => {
    for (const spot of region.spots.slice(0, 12)) {
      const near = sitting(`luck-${spot.id}`, spot.position, 'parked');
      const far = { ...near, units: [{ id: 'other', at: episodes[3]!.units[4]!.at }] };
      const searches = [near, far].map(episode => {
        const facts: ArenaFact[] = [];
        const { found } = play(region, episode, only(spot, facts));
        return { found, tries: facts.filter(({ kind }) => kind === 'search').length };
      });
      expect(searches[0]!.found).toBe(true);
      // A patrol may notice her on the way: then it needs fewer.
      if (searches[1]!.tries !== searches[0]!.tries)
        expect(Math.min(searches[0]!.tries, searches[1]!.tries)).toBe(0);
    }
  });

  it('gives the same result when the same policy plays again', () => {
    for (const episode of episodes.slice(0, 10)) {
      expect(play(region, episode, wandering(1))).toEqual(play(region, episode, wandering(1)));
      expect(play(region, episode, lastPing(region, episode))).toEqual(
        play(region, episode, lastPing(region, episode)),
      );
    }
  });

  it('has a truth that no policy changes', () => {
    for (const episode of episodes.slice(0, 10)) {
      const before = structuredClone(episode);
      play(region, episode, wandering(2));
      play(region, episode, bankFirst(region, episode));
      expect(episode).toEqual(before);
    }
  });
});

describe('what a policy sees', () => {
  it('are facts at the moment at which they are received, and never the truth', () => {
    for (const episode of episodes) {
      const told: { fact: ArenaFact; nowS: number }[] = [];
      const inner = wandering(4);
      const { foundS } = play(region, episode, { ...inner, fact: (fact, nowS) => told.push({ fact, nowS }) });
      for (const { fact, nowS } of told) {
        expect(nowS).toBe(Math.max(0, fact.receivedS));
        expect(fact.atS).toBeLessThanOrEqual(nowS);
      }
      const due = episode.sightings.filter(({ receivedS }) => receivedS < foundS).map(({ id }) => id);
      expect(told.map(({ fact }) => fact.id)).toEqual(expect.arrayContaining(due));
    }
  });

  it('are units that drive on to the next junction before they turn, and finish what they search', () => {
    const episode = sitting('far', [0, 0], 'parked');
    const seen: { nowS: number; units: readonly ArenaUnit[] }[] = [];
    const inner = wandering(6);
    play(region, episode, {
      fact: () => {},
      decide(nowS, units, why) {
        seen.push({ nowS, units });
        return inner.decide(nowS, units, why);
      },
    });
    expect(seen.length).toBeGreaterThan(100);
    seen.slice(1).forEach(({ nowS, units }, i) => {
      for (const unit of units) {
        expect(unit.freeAtS).toBeGreaterThanOrEqual(nowS);
        const before = seen[i]!.units.find(({ id }) => id === unit.id)!;
        if (before.doing === 'searching' && before.freeAtS > nowS) expect(unit).toEqual(before);
      }
    });
  });
});

describe('the limits', () => {
  const policies = (episode: Episode): ArenaPolicy[] => [
    lastPing(region, episode),
    bankFirst(region, episode),
    wandering(9),
    // Goes straight to her last hideout from the first moment.
    only({ id: 'there', kind: 'carPark', position: truthAt(episode.truth, 5e3).at, path: null }),
  ];

  it('are that nobody finds her before the oracle does, up to the step of its clock', () => {
    for (const episode of episodes) {
      const { foundS: limitS } = oracle(region, episode);
      expect(limitS).toBeLessThanOrEqual(toldAtFirst(region, episode).foundS + oracleStepS);
      for (const policy of policies(episode))
        expect(play(region, episode, policy).foundS).toBeGreaterThanOrEqual(limitS - oracleStepS);
    }
  });

  it('are that who waits finds nobody, and drives nowhere', () => {
    const [episode] = episodes;
    expect(play(region, episode!, waiting)).toEqual({ foundS: episode!.horizonS, found: false, km: 0 });
  });

  it('are reached by a unit that stands beside her', () => {
    const { at } = staysOf(episodes[0]!.truth).at(-1)!;
    const road = region.driving.snap(at)!.position;
    expect(oracle(region, sitting('beside', road, 'parked', [{ id: 'u1', at: road }]))).toEqual({
      foundS: 0,
      found: true,
      km: 0,
    });
  });
});

describe('the baselines', () => {
  it('send one unit to her home first', () => {
    for (const episode of episodes.slice(0, 10)) {
      const units = episode.units.map(({ id, at }): ArenaUnit => {
        const snap = region.driving.snap(at)!;
        return { id, at: snap, freeAtS: 0, doing: 'idle', targetId: null };
      });
      const orders = lastPing(region, episode).decide(0, units, 'start');
      expect(orders.filter(({ target }) => target.kind === 'residence')).toHaveLength(1);
      expect(new Set(orders.map(({ unitId }) => unitId)).size).toBe(units.length);
      expect(new Set(orders.map(({ target }) => target.id)).size).toBe(units.length);
    }
  });

  it('go to the half range of a sector, to the ring of a timing advance, and to the newest camera', () => {
    const [episode] = episodes;
    const site: LngLat = region.antennas[0]!.site;
    const known = { id: 'f', receivedS: 10 };
    const nearest = (facts: ArenaFact[]): ArenaTarget => {
      const policy = lastPing(region, episode!);
      for (const fact of facts) policy.fact(fact, 10);
      policy.fact(
        { ...known, id: 's', atS: 9, kind: 'search', targetId: `${episode!.id}-home`, method: 'gateAsked' },
        10,
      );
      const at = region.driving.snap(site)!;
      return policy.decide(10, [{ id: 'u', at, freeAtS: 10, doing: 'idle', targetId: null }], 'fact')[0]!
        .target;
    };
    const closest = (at: LngLat): string =>
      region.spots
        .filter(({ kind }) => kind !== 'office')
        .toSorted((a, b) => distanceM(a.position, at) - distanceM(b.position, at))[0]!.id;
    const cell = { ...known, kind: 'cell' as const, atS: 5, site, azimuthDeg: 45, rangeM: 2000 };
    expect(nearest([cell]).id).toBe(closest(offset(site, 1000, 45)));
    expect(nearest([{ ...cell, timingAdvance: 3 }]).id).toBe(closest(offset(site, 3.5 * 78.12, 45)));
    const camera = { ...known, kind: 'camera' as const, atS: 8, position: region.points.at(0) };
    expect(nearest([camera, cell]).id).toBe(closest(camera.position));
  });
});
