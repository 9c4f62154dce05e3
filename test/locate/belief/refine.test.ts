import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../server/locate/belief/blocks.ts';
import type { Fact } from '../../../server/locate/fact.ts';
import { seededRandom } from '../../road/gridTown.ts';
import { beliefIn, cellFact, makeTown } from './town.ts';

const town = makeTown();

/** Antennas with timing advance, one after the other: few ways and paces agree with all of them. */
const drive = (first: number): Fact[] =>
  [0, 1, 2, 3].map(i => cellFact(town, first + 3 * i, 60 + 90 * i, 2 + ((first + i) % 4)));

/** Mass in squares of about 300 m, so that no single street decides. */
function squares(facts: readonly Fact[], model: object): Map<string, number> {
  const belief = beliefIn(town, { seed: 3, model });
  belief.setFacts(facts);
  const { cell } = belief.picture(700);
  const { cellLng, cellLat } = town.ground;
  const mass = new Map<string, number>();
  cell.forEach((p, i) => {
    const key = `${Math.floor(cellLng[i]! * 340)}/${Math.floor(cellLat[i]! * 370)}`;
    mass.set(key, (mass.get(key) ?? 0) + p);
  });
  return mass;
}

/** Total variation. */
const apart = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number =>
  [...new Set([...a.keys(), ...b.keys()])].reduce(
    (sum, key) => sum + Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)) / 2,
    0,
  );

describe('trips that are drawn anew', () => {
  it('come nearer to what very many trips say than the few that were left, and say the same where they are many', () => {
    const drawn = { few: 0, anew: 0, manyAnew: 0 };
    const many = { hypotheses: 200_000, perTargetMax: 5000 };
    const few = { hypotheses: 1500, perTarget: 1 };
    const always = { refinedBelow: Infinity };
    for (const first of [0, 4, 7, 11]) {
      const facts = drive(first);
      const known = squares(facts, { ...many, refinedBelow: 0 });
      drawn.few += apart(squares(facts, { ...few, refinedBelow: 0 }), known) / 4;
      drawn.anew += apart(squares(facts, { ...few, ...always }), known) / 4;
      drawn.manyAnew += apart(squares(facts, { ...many, ...always, refinedTrips: 5000 }), known) / 4;
    }
    console.log('total variation from 200,000 trips:', drawn);
    expect(drawn.anew).toBeLessThan(drawn.few);
    // Two runs with 200,000 trips and other seeds lie 0.02 to 0.07 apart.
    expect(drawn.manyAnew).toBeLessThan(0.07);
  });
});

describe('blocks of targets', () => {
  it('offer each target of a block by its weight, and the same block to each of them', () => {
    const random = seededRandom(8);
    const weights = Float64Array.from(town.ground.targets, () => random());
    for (let which = 0; which < 6; which++) {
      const blocks = blocksOf(town.ground, which);
      const offered = (target: number): Map<number, number> => {
        const found = new Map<number, number>();
        for (let i = 0; i < 4000; i++) {
          const to = blocks.another(target, weights, (i + 0.5) / 4000);
          found.set(to, (found.get(to) ?? 0) + 1 / 4000);
        }
        return found;
      };
      const from = offered(17);
      const total = [...from.keys()].reduce((sum, each) => sum + weights[each]!, 0);
      for (const [each, share] of from) {
        expect(share).toBeCloseTo(weights[each]! / total, 2);
        expect(offered(each)).toEqual(from);
      }
    }
  });
});
