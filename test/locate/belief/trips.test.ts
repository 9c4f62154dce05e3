import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../server/locate/fact.ts';
import { distanceM } from '../../../server/road/geo.ts';
import { beliefIn, cellFact, makeTown } from './town.ts';

const town = makeTown(2);
const report: Fact = {
  kind: 'report',
  id: 'r',
  atS: 0,
  credibility: 0.9,
  departedAtS: -300,
  departedDoubtS: 60,
  usualPlaces: [],
};
const facts = [report, cellFact(town, 4, 60)];
const horizonS = 3600;

describe('trips to run on from', () => {
  it('stand where the belief says that she stands, now and later, as often as it says', () => {
    const belief = beliefIn(town);
    belief.setFacts(facts);
    const nowS = 300;
    const count = 4000;
    const trips = belief.trips(nowS, horizonS, count, 3);
    expect(trips).toHaveLength(count);
    const { inS, at } = belief.presence(nowS);
    const { targets, placeCount } = town.ground;
    let compared = 0;
    inS.forEach((laterS, moment) => {
      if (laterS > horizonS) return;
      for (let target = 0; target < placeCount; target++) {
        const { position } = targets[target]!;
        const there = trips.filter(trip => {
          const point = trip?.findLast(({ atS }) => atS <= laterS);
          return point?.at[0] === position[0] && point.at[1] === position[1];
        });
        // A point tells where she was up to ten seconds ago; the rest is the sample.
        expect(Math.abs(there.length / count - at[target * inS.length + moment]!)).toBeLessThan(0.02);
        compared++;
      }
    });
    expect(compared).toBeGreaterThan(placeCount);
  });

  it('move on without leaps, and are null as often as she is somewhere else altogether', () => {
    const belief = beliefIn(town);
    belief.setFacts(facts);
    const count = 1000;
    const trips = belief.trips(0, horizonS, count, 3);
    const elsewhere = trips.filter(trip => trip === null).length / count;
    expect(Math.abs(elsewhere - belief.picture(0).restOfWorld)).toBeLessThan(0.002);
    for (const trip of trips) {
      for (let i = 1; i < (trip?.length ?? 0); i++) {
        const [from, to] = [trip![i - 1]!, trip![i]!];
        expect(to.atS).toBeGreaterThan(from.atS);
        // 45 m/s, a cell's length and the way from the road to a place's door.
        expect(distanceM(from.at, to.at)).toBeLessThan(45 * (to.atS - from.atS) + 400);
      }
    }
  });

  it('are a function of the facts and the seed', () => {
    const [one, other] = [facts, facts.toReversed()].map(list => {
      const belief = beliefIn(town);
      belief.setFacts(list);
      return belief;
    });
    expect(other!.trips(0, horizonS, 100, 3)).toEqual(one!.trips(0, horizonS, 100, 3));
    expect(one!.trips(0, horizonS, 100, 4)).not.toEqual(one!.trips(0, horizonS, 100, 3));
  });
});
