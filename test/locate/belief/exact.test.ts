import { describe, expect, it } from 'vitest';
import { Belief } from '../../../server/locate/belief/index.ts';
import { defaultModel, type Model } from '../../../server/locate/belief/model.ts';
import { defaultPriors, type KindShares } from '../../../server/locate/belief/prior.ts';
import type { Fact } from '../../../server/locate/fact.ts';
import { straightRoad } from './town.ts';

/**
 * One straight road, one kind of place: where she is follows from the car park, the departure and the pace alone, and
 * Bayes' rule can be written out as sums over all three.
 */
const carParksM = [400, 900, 1600, 2300, 3100];
const road = straightRoad(3600, carParksM);
const speedMps = 10;
const departed = { meanS: -120, sdS: 99 };
const model: Partial<Model> = {
  hypotheses: 60_000,
  perTargetMax: 20_000,
  trees: 1,
  speedSigma: 0.3,
  slowness: 1,
  footShare: 0,
  stopShare: 0,
  returnShare: 0,
  oddShare: 1e-9,
  restOfWorld: 1e-6,
};
const priors = defaultPriors();
const only = Object.fromEntries(Object.keys(priors.fakePolice.weights).map(kind => [kind, 0])) as KindShares;
priors.fakePolice = { ...priors.fakePolice, weights: { ...only, carPark: 1 } };

function beliefWith(facts: readonly Fact[]): Belief {
  const belief = new Belief(road.ground, {
    subject: { scamType: 'fakePolice', home: road.home, hour: 10, seed: 3 },
    antennas: [],
    router: road.router,
    model,
    priors,
  });
  belief.setFacts([
    {
      kind: 'report',
      id: 'left',
      atS: 3600,
      credibility: 1,
      departedAtS: departed.meanS,
      departedDoubtS: 90,
      byVehicle: true,
      usualPlaces: [],
    },
    ...facts,
  ]);
  return belief;
}

interface Trip {
  park: number;
  weight: number;
  /** Metres along the road. */
  at(atS: number): number;
  arriveS: number;
}

/** Mid-point sums of a normal departure and a log-normal pace, by destinations that get rarer with the drive. */
function allTrips(): Trip[] {
  const steps = 60;
  const normal = (i: number): [z: number, weight: number] => {
    const z = -3.4 + (6.8 * (i + 0.5)) / steps;
    return [z, Math.exp(-0.5 * z * z)];
  };
  return carParksM.flatMap((m, park) => {
    const wanted = Math.exp(-m / speedMps / defaultModel.decayS);
    return Array.from({ length: steps * steps }, (_, k): Trip => {
      const [zDeparture, p] = normal(k % steps);
      const [zPace, q] = normal(Math.floor(k / steps));
      const departS = departed.meanS + departed.sdS * zDeparture;
      const pace = Math.exp(0.3 * zPace);
      const at = (atS: number): number => Math.min(m, (Math.max(0, atS - departS) / pace) * speedMps);
      return { park, weight: wanted * p * q, at, arriveS: departS + (m / speedMps) * pace };
    });
  });
}

const trips = allTrips();

/** Probability of having come to each car park by then. */
function exact(likelihood: (trip: Trip) => number, nowS: number): number[] {
  const mass = carParksM.map(() => 0);
  let total = 0;
  for (const trip of trips) {
    const weight = trip.weight * likelihood(trip);
    total += weight;
    if (trip.arriveS <= nowS) mass[trip.park]! += weight;
  }
  return mass.map(each => each / total);
}

function expectAlike(facts: readonly Fact[], likelihood: (trip: Trip) => number, nowS: number): void {
  const { place } = beliefWith(facts).picture(nowS);
  exact(likelihood, nowS).forEach((p, park) => {
    expect(place[park]!, `car park ${park} at ${nowS} s`).toBeGreaterThan(p - 0.012);
    expect(place[park]!, `car park ${park} at ${nowS} s`).toBeLessThan(p + 0.012);
  });
}

describe('on a road on which everything can be summed up', () => {
  it('the prior is as written out', () => {
    for (const nowS of [0, 60, 120, 240, 600]) expectAlike([], () => 1, nowS);
  });

  it('a fix counts as its Student kernel against its floor', () => {
    const [fixM, atS] = [1400, 60];
    const fix: Fact = {
      kind: 'fix',
      id: 'fix',
      atS,
      position: road.east(fixM),
      accuracyM: 450,
      quantile: 0.68,
    };
    const sigma2 = (450 / Math.sqrt(-2 * Math.log(1 - 0.68))) ** 2 + 25 ** 2;
    const kernel = (trip: Trip): number => (1 + (trip.at(atS) - fixM) ** 2 / sigma2 / 4) ** -3;
    const all = trips.reduce((sum, { weight }) => sum + weight, 0);
    const expected = trips.reduce((sum, trip) => sum + trip.weight * kernel(trip), 0) / all;
    const { fixWrong } = defaultModel;
    const likelihood = (trip: Trip): number => (1 - fixWrong) * kernel(trip) + fixWrong * expected;
    for (const nowS of [60, 150, 400]) expectAlike([fix], likelihood, nowS);
  });

  it('a failed search counts as the share of it that she was there for', () => {
    const search: Fact = { kind: 'search', id: 'looked', atS: 300, targetId: 'p1', method: 'clerkAsked' };
    const [pod, durationS] = [0.9, 240];
    const likelihood = ({ park, arriveS }: Trip): number => {
      if (park !== 1) return 1;
      const there = Math.min(1, Math.max(0, (300 - Math.max(300 - durationS, arriveS)) / durationS));
      return 1 - pod * there;
    };
    for (const nowS of [300, 900]) expectAlike([search], likelihood, nowS);
  });
});
