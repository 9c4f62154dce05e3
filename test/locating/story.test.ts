/** The story of the demo, told to the server through its API: the husband, pings, cameras, two crews that find nobody. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlanView } from '#contract/plan.ts';
import type { BelievedPlace, PosteriorView } from '#contract/posterior.ts';
import { distanceM } from '#road/geo.ts';
import { RoadRouter } from '#road/router.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import { readRoad } from '../../server/region/road-file.ts';
import { readReference } from '../../server/region/versions.ts';
import { tablesOf } from '../../server/locating/tables.ts';
import { installRegionData } from '../../server/services/region/install.ts';
import { installDemoRegion } from '../../server/setup/demo-region.ts';
import type { Evidence } from '../../server/sim/evidence.ts';
import { type EpisodePlan, planEpisode } from '../../server/sim/plan.ts';
import type { SimRegion } from '../../server/sim/region.ts';
import { scenarioById } from '../../server/sim/scenarios.ts';
import { alertBody, fromNow, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

interface Named {
  id: string;
  stationId: string;
  position: { lng: number; lat: number };
}

/** As the demo plays it first. */
const seed = 1;

describeEachDatabase("the demo's story", makeDatabase => {
  let dataDir: string;
  let app: TestApp;
  let story: EpisodePlan;
  let incidentId: string;
  let startMs: number;
  let gateway: Record<string, string>;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-story-'));
    const region = await installDemoRegion(dataDir);
    const { graph, hierarchy, memory: road } = await readRoad(region);
    const router = new RoadRouter(graph, hierarchy);
    const tables = await tablesOf(new RegionInUse(region)).read();
    app = await testApp(await makeDatabase(), { ground: { road, tables }, router });
    await installRegionData(app.deps, region);
    const reference = (await readReference(region)) as unknown as SimRegion;
    const scenario = scenarioById('gravel-road')!;
    story = planEpisode(reference, (from, to) => router.route(from, to), scenario, seed)!;
    await app.settled();
    startMs = app.clock.now();
    await openIncident();
  }, 300_000);
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function openIncident(): Promise<void> {
    const { alert, person, home } = story;
    const [lng, lat] = home.position;
    const { risk, scamType } = alert;
    const body = alertBody({ risk, scamType }, { ...person, home: { lng, lat } });
    incidentId = (await app.as('operator')('POST', '/api/alerts', body)).body.incidentId;
    const leader = app.as('leader');
    for (const userId of ['trace', 'leader', 'operator'])
      await leader('POST', `/api/incidents/${incidentId}/members`, { userId });
    const asked = await app.as('trace')('POST', `/api/incidents/${incidentId}/authorities`, {
      number: '演示〔2026〕1号',
      legalBasis: '《反电信网络诈骗法》第四十一条',
      reason: '预警当事人失联，需紧急查找并见面劝阻',
      expiresAt: fromNow(app.clock, 6 * 3_600_000),
    });
    await leader('POST', `/api/authorities/${asked.body.authorityId}/approve`);
    const device = await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'g' });
    gateway = { authorization: `Bearer ${device.body.token}` };
  }

  /** Crews stand at their stations. */
  async function crewsReport(): Promise<void> {
    const leader = app.as('leader');
    const units = (await leader('GET', '/api/units?limit=1000')).body.items as Named[];
    const stations = (await leader('GET', '/api/stations')).body.items as Named[];
    const fixes = units.slice(0, 20).map(({ id, stationId }) => {
      const { position } = stations.find(station => station.id === stationId)!;
      return { unitId: id, observedAt: fromNow(app.clock, 0), ...position, speedMps: 0 };
    });
    const { body } = await app.anonymous('POST', '/feeds/positions', fixes, gateway);
    expect(body).toMatchObject({ accepted: fixes.length, rejected: [] });
    const last = fixes.at(-1)!;
    await expect.poll(() => app.deps.live.fleet.latest(last.unitId)).toBeDefined();
  }

  const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();
  const waitUntil = (seconds: number) =>
    app.clock.advance(Math.max(0, startMs + seconds * 1000 - app.clock.now()));
  const look = async <T>(path: string): Promise<T> =>
    (await app.as('trace')('GET', `/api/incidents/${incidentId}${path}`, undefined, reasonHeader)).body as T;

  async function comesIn({ observedS, askedS, answerS, departedS, body }: Evidence): Promise<void> {
    waitUntil(askedS + answerS);
    const left = departedS === undefined ? {} : { departedAt: at(departedS) };
    const sighting = { ...body, ...left, observedAt: at(observedS) };
    const { status } = await app.as('operator')('POST', `/api/incidents/${incidentId}/sightings`, sighting);
    expect(status).toBe(201);
  }

  /** A crew is sent there, looks, and finds nobody. */
  async function lookedInVain({ placeId, path }: BelievedPlace): Promise<void> {
    app.clock.advance(60_000);
    const leader = app.as('leader');
    const [unit] = Object.values(app.deps.live.world().units).filter(({ state }) => state === 'available');
    const method = path ? 'driveBy' : 'walkThrough';
    const target = path ? { segmentId: placeId } : { placeId };
    const order = { unitId: unit!.id, method, ...target };
    const { body } = await leader('POST', `/api/incidents/${incidentId}/tasks`, order);
    const result = { outcome: 'notHere', method, observedAt: fromNow(app.clock, 0) };
    expect((await leader('POST', `/api/tasks/${body.taskId}/result`, result)).status).toBe(200);
    await app.settled();
  }

  it("after three pings and two 'not here' the industrial park's roads lead the list", async () => {
    const last = story.stays.at(-1)!;
    const awayM = ({ position: { lng, lat } }: BelievedPlace) => distanceM([lng, lat], last.position);
    const inOrder = story.evidence.toSorted((a, b) => a.askedS + a.answerS - b.askedS - b.answerS);
    const third = inOrder.filter(({ body }) => body['kind'] === 'cell')[2]!;
    for (const evidence of inOrder.slice(0, inOrder.indexOf(third) + 1)) await comesIn(evidence);
    for (let crew = 0; crew < 2; crew++) {
      const { places } = await look<PosteriorView>('/posterior');
      await lookedInVain(places.find(place => awayM(place) > 400 && place.searched.length === 0)!);
    }
    app.clock.advance(31_000);
    await crewsReport();
    const { places, restOfWorld } = await look<PosteriorView>('/posterior');
    const leading = places.slice(0, 3);
    expect(leading.map(({ kind }) => kind)).toEqual(['industrialRoad', 'industrialRoad', 'industrialRoad']);
    for (const place of leading) expect(awayM(place)).toBeLessThan(800);
    expect(leading.map(({ placeId }) => placeId)).toContain(last.segmentId);
    expect(leading.reduce((sum, { poa }) => sum + poa, 0)).toBeGreaterThan(0.5);
    expect(restOfWorld).toBeLessThan(0.1);

    // Crews whose fixes came in while it was planned are in the next plan.
    await expect
      .poll(
        async () => {
          app.clock.advance(31_000);
          const { routes, pFoundBy } = await look<PlanView>('/plan?lang=en');
          const targets = routes.flatMap(({ tasks }) => tasks.map(({ place }) => place.placeId));
          return targets.includes(last.segmentId!) && pFoundBy.at(-1)!.p > 0.5;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  }, 120_000);
});
