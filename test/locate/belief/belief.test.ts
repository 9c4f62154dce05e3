import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectionOf } from '../../../server/domain/detection.ts';
import type { Fact, SearchFact } from '../../../server/locate/fact.ts';
import type { Belief, Picture } from '../../../server/locate/belief/index.ts';
import { factArbitrary } from './facts.ts';
import { beliefIn, cellFact, makeTown } from './town.ts';

const town = makeTown();
const runs = { numRuns: 25 };
const facts = fc.array(factArbitrary(town), { maxLength: 7 });

const sum = (list: Float32Array): number => list.reduce((total, each) => total + each, 0);
const massOf = (picture: Picture): number => sum(picture.cell) + sum(picture.place) + picture.restOfWorld;

/** Everything that a belief says, to the last bit. */
function answersOf(belief: Belief, nowS = 600): unknown[] {
  const { cell, place, modes, restOfWorld, entropyBits, contradictions } = belief.picture(nowS);
  const { at, driving } = belief.presence(nowS);
  return [
    Array.from(cell),
    Array.from(place),
    modes,
    restOfWorld,
    entropyBits,
    contradictions,
    Array.from(at),
    driving,
  ];
}

function told(known: readonly Fact[]): Belief {
  const belief = beliefIn(town);
  belief.setFacts(known);
  return belief;
}

describe('what is known of where she is', () => {
  it('sums to 1 with the rest of the world, whatever was told', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: -1000, max: 7200 }), (known, nowS) => {
        const picture = told(known).picture(nowS);
        expect(massOf(picture)).toBeCloseTo(1, 4);
        const { atPlace, parked, driving, onFoot } = picture.modes;
        expect(atPlace + parked + driving + onFoot + picture.restOfWorld).toBeCloseTo(1, 4);
      }),
      runs,
    );
  });

  it('stays a number under absurd facts', () => {
    fc.assert(
      fc.property(fc.array(factArbitrary(town, true), { maxLength: 6 }), known => {
        const belief = told(known);
        const picture = belief.picture(900);
        expect(massOf(picture)).toBeCloseTo(1, 4);
        expect(picture.cell.every(p => p >= 0)).toBe(true);
        expect(Number.isFinite(picture.entropyBits)).toBe(true);
        expect(belief.presence(900).at.every(p => p >= 0 && p <= 1)).toBe(true);
        for (const { factor } of picture.reasons(0)) expect(Number.isFinite(factor)).toBe(true);
      }),
      runs,
    );
  });

  it('does not depend on the order in which facts come in, to the last bit', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (known, keys) => {
        const shuffled = known
          .map(fact => [keys.next().value, fact] as const)
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([, fact]) => fact);
        const one = beliefIn(town);
        const seen: Fact[] = [];
        for (const fact of shuffled) one.setFacts([...seen.splice(0, seen.length, ...seen, fact), fact]);
        one.setFacts(shuffled);
        expect(answersOf(one)).toEqual(answersOf(told(known)));
      }),
      runs,
    );
  });

  it('is after a withdrawal as if the fact had never been', () => {
    fc.assert(
      fc.property(facts, factArbitrary(town), (known, wrong) => {
        const belief = told(known);
        const before = answersOf(belief);
        belief.setFacts([wrong, ...known]);
        belief.setFacts(known);
        expect(answersOf(belief)).toEqual(before);
      }),
      runs,
    );
  });

  it('is after a correction as if it had been right from the start', () => {
    fc.assert(
      fc.property(facts, factArbitrary(town), factArbitrary(town), (known, wrong, right) => {
        const corrected = { ...right, id: wrong.id } as Fact;
        const belief = told([...known, wrong]);
        belief.setFacts([...known, corrected]);
        expect(answersOf(belief)).toEqual(answersOf(told([...known, corrected])));
      }),
      runs,
    );
  });

  it('differs with the seed, and not otherwise', () => {
    const one = beliefIn(town, { seed: 5 });
    expect(answersOf(one)).toEqual(answersOf(beliefIn(town, { seed: 5 })));
    expect(answersOf(one)).not.toEqual(answersOf(beliefIn(town, { seed: 6 })));
  });
});

describe('a failed search', () => {
  it('never raises its own target, whatever else is known', () => {
    const target = fc.integer({ min: 0, max: town.ground.targets.length - 1 });
    const atS = fc.integer({ min: -600, max: 1800 });
    fc.assert(
      fc.property(facts, target, atS, (known, index, at) => {
        const search: SearchFact = {
          kind: 'search',
          id: 'looked',
          atS: at,
          targetId: town.ground.targets[index]!.id,
          method: 'walkThrough',
        };
        // Somebody who came while they looked, or later, was not missed: it is about who was there when they began.
        const { durationS } = detectionOf(town.ground.targets[index]!, search.method);
        const poa = (list: readonly Fact[]): number => {
          const belief = beliefIn(town, { model: { returnShare: 0 } });
          belief.setFacts(list);
          const { at: chances, inS } = belief.presence(at - durationS);
          return chances[index * inS.length]!;
        };
        expect(poa([...known, search])).toBeLessThanOrEqual(poa(known) * (1 + 1e-6));
      }),
      runs,
    );
  });

  it('moves what it takes to the other places and to the rest of the world', () => {
    const before = told([]).picture(1800);
    const best = before.place.indexOf(Math.max(...before.place));
    const search: Fact = {
      kind: 'search',
      id: 'looked',
      atS: 1790,
      targetId: town.ground.targets[best]!.id,
      method: 'walkThrough',
    };
    const after = told([search]).picture(1800);
    expect(after.place[best]!).toBeLessThan(before.place[best]! * 0.5);
    expect(after.restOfWorld).toBeGreaterThan(before.restOfWorld);
    expect(after.reasons(best)).toContainEqual(
      expect.objectContaining({ kind: 'search', factId: 'looked', method: 'walkThrough' }),
    );
  });
});

describe('what facts say', () => {
  it('a good fix of somebody who stands decides the street', () => {
    const { ground } = town;
    const carPark = ground.targets.findIndex(({ kind }) => kind === 'carPark');
    const { position } = ground.targets[carPark]!;
    const fix: Fact = { kind: 'fix', id: 'fix', atS: 3000, position, accuracyM: 20, quantile: 0.68 };
    const picture = told([fix, { ...fix, id: 'again', atS: 3100 }]).picture(3100);
    expect(picture.place[carPark]!).toBeGreaterThan(0.3);
    expect(picture.reasons(carPark)[0]!.factor).toBeGreaterThan(5);
  });

  it('an antenna draws her to where it serves', () => {
    const { site } = town.antennas[4 * 3]!;
    const near = (belief: Belief): number => {
      const { cell } = belief.picture(1200);
      return cell.reduce((total, p, i) => {
        const { cellLng, cellLat } = town.ground;
        const away = Math.hypot(cellLng[i]! - site[0], cellLat[i]! - site[1]);
        return total + (away < 0.004 ? p : 0);
      }, 0);
    };
    expect(near(told([cellFact(town, 12, 1100)]))).toBeGreaterThan(near(told([])) * 1.5);
  });

  it('contradictory fixes raise the rest of the world and are named', () => {
    const { ground } = town;
    const corners = [0, ground.cellCount - 1].map(
      i => [ground.cellLng[i]!, ground.cellLat[i]!] as [number, number],
    );
    const fix = (id: string, position: [number, number]): Fact => ({
      kind: 'fix',
      id,
      atS: 2000,
      position,
      accuracyM: 30,
      quantile: 0.68,
    });
    const one = told([fix('a', corners[0]!)]).picture(2100);
    const both = told([fix('a', corners[0]!), fix('b', corners[1]!)]).picture(2100);
    expect(both.restOfWorld).toBeGreaterThan(one.restOfWorld * 2);
    expect(both.contradictions.flatMap(({ factIds }) => factIds)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(one.contradictions).toEqual([]);
  });

  it('without a home she may be anywhere, and the first fix says where', () => {
    const belief = beliefIn(town, { home: null });
    expect(massOf(belief.picture(0))).toBeCloseTo(1, 4);
    const carPark = town.ground.targets.findIndex(({ kind }) => kind === 'carPark');
    const { position } = town.ground.targets[carPark]!;
    const before = belief.picture(0).place[carPark]!;
    belief.setFacts([{ kind: 'fix', id: 'f', atS: 10, position, accuracyM: 50, quantile: 0.68 }]);
    expect(belief.picture(20).place[carPark]!).toBeGreaterThan(before * 3);
  });

  it('a camera sends her on in the direction in which it saw her, though it may be a misread', () => {
    const { ground } = town;
    const { graph } = ground;
    const edge = graph.edgeClass.findIndex(
      (_, e) => graph.edgeArc[e * 2] !== 0xffffffff && graph.edgeLengthM[e]! > 90,
    );
    const cell = ground.cellOffset[edge]!;
    const position: [number, number] = [ground.cellLng[cell]!, ground.cellLat[cell]!];
    const belief = told([{ kind: 'camera', id: 'hit', atS: 0, position }]);
    const around = ({ cell: mass }: Picture): number =>
      mass.reduce((total, p, i) => {
        const away = Math.hypot(ground.cellLng[i]! - position[0], ground.cellLat[i]! - position[1]);
        return total + (away < 0.002 ? p : 0);
      }, 0);
    const after = around(belief.picture(5));
    expect(after).toBeGreaterThan(around(told([]).picture(5)) * 3);
    expect(after).toBeLessThan(0.99);
  });
});

describe('ways that are still being driven', () => {
  it('carry the weight of being under way and lie ahead in time', () => {
    const belief = told([
      {
        kind: 'report',
        id: 'left',
        atS: 0,
        credibility: 0.9,
        departedAtS: -120,
        departedDoubtS: 60,
        usualPlaces: [],
      },
    ]);
    const routes = belief.driveways(0, 200);
    const weight = routes.reduce((total, route) => total + route.weight, 0);
    expect(weight).toBeGreaterThan(0.2);
    expect(weight).toBeLessThanOrEqual(1);
    for (const { junctions, atS } of routes) {
      expect(junctions.length).toBe(atS.length);
      for (let i = 0; i < atS.length; i++) expect(atS[i]!).toBeGreaterThan(i === 0 ? 0 : atS[i - 1]! - 1e-9);
    }
  });
});
