/** Each scenario can be played on the fictional county and on a real one, and the seed decides everything. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { alertBodySchema } from '#contract/alert.ts';
import { sightingBodySchema } from '#contract/sighting.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { distanceM } from '#road/geo.ts';
import { RoadRouter } from '#road/router.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { referenceOf } from '../../server/region/reference.ts';
import type { RegionSource } from '../../server/region/source.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { passes } from '../../server/sim/evidence.ts';
import { type EpisodePlan, planEpisode } from '../../server/sim/plan.ts';
import type { FindRoute, SimRegion } from '../../server/sim/region.ts';
import { scenarios } from '../../server/sim/scenarios.ts';
import { isWithin } from '../../server/sim/search.ts';
import { truthAt } from '../../server/sim/truth.ts';
import { extracts } from '../region/extracts.ts';

interface County {
  region: SimRegion;
  findRoute: FindRoute;
}

function countyOf(source: RegionSource): County {
  const graph = buildRoadGraph(source.roads);
  const router = new RoadRouter(graph, buildHierarchy(graph));
  return { region: referenceOf(source, graph) as SimRegion, findRoute: (from, to) => router.route(from, to) };
}

const seeds = [1, 2, 3];
const iso = (s: number) => new Date(Date.UTC(2026, 10, 22, 2) + s * 1000).toISOString();

describe.each([
  {
    name: 'the fictional county',
    there: true,
    load: async () => synthRegion({ seed: 1, population: 20_000 }),
  },
  { name: 'Andorra', there: existsSync(extracts.andorra), load: () => importOsm(extracts.andorra) },
])('scenarios on $name', ({ name, there, load }) => {
  let county: County;
  beforeAll(async () => {
    if (there) county = countyOf(await load());
  }, 120_000);
  const runs = there || process.env['CI_REQUIRE_ALL'] === '1';
  const plan = (scenario: (typeof scenarios)[number], seed: number): EpisodePlan => {
    const made = planEpisode(county.region, county.findRoute, scenario, seed);
    expect(made, `${scenario.id} with seed ${seed} on ${name}`).not.toBeNull();
    return made!;
  };

  it.runIf(runs).each(scenarios.map(scenario => [scenario.id, scenario] as const))(
    '%s: the same seed gives the same facts, another seed other ones',
    (_, scenario) => {
      for (const seed of seeds) expect(plan(scenario, seed)).toEqual(plan(scenario, seed));
      const different = new Set(seeds.map(seed => JSON.stringify(plan(scenario, seed).truth)));
      expect(different.size).toBeGreaterThan(1);
    },
    60_000,
  );

  it.runIf(runs).each(scenarios.map(scenario => [scenario.id, scenario] as const))(
    '%s: everything that it hands in is sound, and she can be found where she ends up',
    (_, scenario) => {
      for (const seed of seeds) {
        const { alert, person, home, truth, stays, evidence, horizonS, moneyGoneS } = plan(scenario, seed);
        const { address, ...said } = alert;
        const [lng, lat] = home.position;
        alertBodySchema.parse({
          ...said,
          source: 'test',
          subject: { ...person, address, home: { lng, lat } },
        });
        for (const { body, observedS, answerS, askedS } of evidence) {
          sightingBodySchema.parse({ ...body, observedAt: iso(observedS) });
          expect(observedS).toBeLessThanOrEqual(askedS + answerS);
        }
        expect(horizonS).toBeGreaterThan(moneyGoneS);
        expect(truth.every((point, i) => i === 0 || point.atS >= truth[i - 1]!.atS)).toBe(true);
        const last = stays.at(-1)!;
        expect(last.toS).toBeNull();
        expect(distanceM(truthAt(truth, horizonS).at, last.position)).toBeLessThan(1);
        if (scenario.elsewhere) continue;
        const segment = county.region.segments.find(({ id }) => id === last.segmentId);
        const place = county.region.places.find(({ id }) => id === last.placeId);
        expect(segment ?? place).toBeDefined();
        const target = segment
          ? { kind: segment.kind, position: last.position, path: segment.line }
          : { kind: place!.kind, position: place!.position, path: null };
        expect(isWithin(target, last.position)).toBe(true);
      }
    },
    60_000,
  );
});

describe('cameras', () => {
  const camera = { id: 'k', name: '卡口', position: [103.005, 25] as [number, number] };
  const drive = [
    { atS: 0, lng: 103, lat: 25, mode: 'driving' as const },
    { atS: 100, lng: 103.005, lat: 25, mode: 'driving' as const },
    { atS: 200, lng: 103.01, lat: 25, mode: 'parked' as const },
  ];

  it('see who drives past in their direction, once', () => {
    expect(passes({ cameras: [{ ...camera, headingDeg: 90 }] }, drive)).toHaveLength(1);
    expect(passes({ cameras: [{ ...camera, headingDeg: 270 }] }, drive)).toEqual([]);
    expect(passes({ cameras: [camera] }, drive)).toHaveLength(1);
  });
});
