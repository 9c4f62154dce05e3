/** Beliefs and plans over HTTP: who may look, what comes of each fact, and what was believed before. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { PlanView } from '#contract/plan.ts';
import type { BeliefMark, PosteriorView } from '#contract/posterior.ts';
import type { Role } from '#contract/incident.ts';
import { sql } from 'drizzle-orm';
import { startLocating } from '../../server/locating/locating.ts';
import { Roads } from '../../server/live/roads.ts';
import { alertBody, fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { seedGround, townGround } from '../builders/ground.ts';

// Many requests each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const { ground, router } = townGround();
const home = { lng: 103.35, lat: 24.75 };

describeEachDatabase('where she may be', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let authorityId: string;
  let gateway: Record<string, string>;

  beforeAll(async () => {
    const database = await makeDatabase();
    app = await testApp(database, { ground, router });
    await seedGround(database, ground);
    const leader = app.as('leader');
    const { token } = (await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'g' })).body;
    gateway = { authorization: `Bearer ${token}` };
    for (const [i, stationId] of ['st-east', 'st-west', null].entries()) {
      const body = { callsign: `巡-${i}`, kind: 'car', stationId, crew: { sworn: 1, auxiliary: 2 } };
      const unit = await leader('POST', '/api/units', body);
      await app.settled();
      await report(unit.body.id, 103.32 + i * 0.02, 24.73);
    }
  }, 60_000);
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ incidentId, authorityId } = await openTrace(app, ['trace', 'leader', 'operator']));
    await app.as('leader')('POST', `/api/incidents/${incidentId}/home`, { position: home });
  });

  // Incidents that stay open would share the three units with those of the other tests.
  afterEach(() => app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'falseAlarm' }));

  const report = (unitId: string, lng: number, lat: number) => {
    const fix = { unitId, observedAt: fromNow(app.clock, 0), lng, lat, speedMps: 0 };
    return app.anonymous('POST', '/feeds/positions', [fix], gateway);
  };
  const look = (path: string, role: Role = 'trace', headers: Record<string, string> = reasonHeader) =>
    app.as(role)('GET', `/api/incidents/${incidentId}${path}`, undefined, headers);
  const posterior = async (query = ''): Promise<PosteriorView> => (await look(`/posterior${query}`)).body;
  const plan = async (query = ''): Promise<PlanView> => (await look(`/plan${query}`)).body;
  const marks = async (): Promise<BeliefMark[]> => (await look('/beliefs')).body.items;
  const cell = { kind: 'cell', source: 'carrier', site: { lng: 103.34, lat: 24.75 }, cellId: 'a-1-0' };
  const sighting = (more: object = {}) => ({
    ...cell,
    azimuthDeg: 0,
    beamwidthDeg: 120,
    rangeM: 2500,
    observedAt: fromNow(app.clock, -60_000),
    ...more,
  });
  const record = async (body: object): Promise<{ sightingId: string; seq: number }> => {
    const { status, body: reply } = await app.as('operator')(
      'POST',
      `/api/incidents/${incidentId}/sightings`,
      body,
    );
    expect(status).toBe(201);
    return reply;
  };
  /** Of long texts a difference of hashes says enough. */
  const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const bare = (view: PosteriorView) => hashOf({ ...view, seq: 0 });
  const total = ({ places, cells, restOfWorld }: PosteriorView) =>
    places.reduce((sum, { poa }) => sum + poa, 0) + cells.p.reduce((sum, p) => sum + p, 0) + restOfWorld;
  const auditRows = async () => {
    const { rows } = await app.database.db.execute(
      sql`select action, detail from audit_entry where incident_id = ${incidentId} order by seq`,
    );
    return rows as { action: string; detail: Record<string, unknown> }[];
  };

  it('is told to whom the trace is told, and to nobody else; each look is audited first', async () => {
    for (const path of [
      '/posterior',
      '/plan',
      '/beliefs',
      '/posterior?seq=1',
      '/plan?horizonMin=60&lang=en',
    ]) {
      expect((await look(path, 'trace', {})).body.error).toMatchObject({
        code: 'traceNotAllowed',
        details: { missing: ['reason'] },
      });
      expect((await look(path, 'analyst')).body.error).toMatchObject({
        details: { missing: ['membership'] },
      });
      for (const role of ['wall', 'auditor', 'admin'] as const)
        expect((await look(path, role)).status).toBe(403);
      expect((await app.anonymous('GET', `/api/incidents/${incidentId}${path}`)).status).toBe(401);
      expect(
        (await app.anonymous('GET', `/api/incidents/${incidentId}${path}`, undefined, gateway)).status,
      ).toBe(403);
    }
    const before = await auditRows();
    expect(before.filter(({ action }) => action === 'trace.refuse')).toHaveLength(10);
    expect(before.filter(({ action }) => action === 'trace.read')).toHaveLength(0);
    expect((await look('/posterior')).status).toBe(200);
    expect((await look('/plan')).status).toBe(200);
    const read = (await auditRows()).filter(({ action }) => action === 'trace.read');
    expect(read.map(({ detail }) => detail['what'])).toEqual(['posterior', 'plan']);

    await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
    for (const path of ['/posterior', '/plan', '/beliefs'])
      expect((await look(path)).body.error.details.missing).toEqual(['authority']);
  });

  it('sums to 1, most probable first, and is told in both languages', async () => {
    await record(sighting());
    const belief = await posterior();
    expect(Math.abs(total(belief) - 1)).toBeLessThan(1e-6);
    expect(belief.places.map(({ poa }) => poa)).toEqual(
      belief.places.map(({ poa }) => poa).toSorted((a, b) => b - a),
    );
    const { atPlace, parked, driving, onFoot } = belief.modes;
    expect(atPlace + parked + driving + onFoot + belief.restOfWorld).toBeCloseTo(1, 4);
    expect(belief.regions.p50.coordinates.length).toBeGreaterThan(0);
    const english = await posterior('?lang=en');
    expect(hashOf(english.cells)).toBe(hashOf(belief.cells));
    const why = (view: PosteriorView) => view.places.find(place => place.why.length > 0)?.why.join(' ');
    expect(why(belief)).toMatch(/\p{Script=Han}/u);
    expect(why(english)).not.toMatch(/\p{Script=Han}/u);
  });

  it('knows each fact as soon as it is stored, in whatever order facts come', async () => {
    const first = await record(sighting());
    const early = await posterior();
    expect(early.seq).toBe(first.seq);
    const late = await record(
      sighting({ cellId: 'a-2-1', azimuthDeg: 120, observedAt: fromNow(app.clock, -120_000) }),
    );
    const both = await posterior();
    expect(both.seq).toBe(late.seq);
    expect(hashOf(both.cells)).not.toBe(hashOf(early.cells));
    const withdrawn = await app.as('operator')('POST', `/api/sightings/${late.sightingId}/withdraw`, {
      reason: '误录',
    });
    expect(withdrawn.status).toBe(200);
    const after = await posterior();
    expect(bare(after)).toBe(bare(early));
    const corrected = await app.as('operator')('POST', `/api/sightings/${first.sightingId}/correct`, {
      ...sighting({ cellId: 'a-0-2', azimuthDeg: 240 }),
      reason: '小区号有误',
    });
    expect(corrected.status).toBe(201);
    expect(bare(await posterior())).not.toBe(bare(early));
    expect((await marks()).map(({ because }) => because)).toEqual([
      'opened',
      'sighting',
      'sighting',
      'withdrawal',
      'correction',
    ]);
  });

  it('keeps what was believed at each fact, also over a restart, and says nothing of it in the log', async () => {
    const first = await record(sighting());
    const then = await posterior();
    await record(sighting({ cellId: 'a-2-1', azimuthDeg: 120 }));
    await posterior();
    app.clock.advance(40_000);
    await posterior();
    expect(hashOf(await posterior(`?seq=${first.seq}`))).toBe(hashOf(then));
    expect((await plan(`?seq=${first.seq}`)).seq).toBe(first.seq);
    expect((await look('/posterior?seq=0')).status).toBe(404);

    await app.deps.locating!.close();
    const { live, clock, database } = app.deps;
    const roads = new Roads({ router, world: () => live.world(), clock });
    const tables = { id: () => 'again', read: () => Promise.resolve(ground.tables) };
    const again = await startLocating({ ...app.deps, roads, tables, road: ground.road });
    Object.assign(app.deps.locating!, again);
    expect(hashOf(await posterior(`?seq=${first.seq}`))).toBe(hashOf(then));
    await posterior();

    const { rows } = await database.db.execute(
      sql`select kind, payload from domain_event where incident_id = ${incidentId} and kind = 'beliefComputed'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const { payload } of rows)
      expect(Object.keys(payload as object).toSorted()).toEqual(['because', 'incidentId', 'ofSeq']);
    const place = then.places[0]!.name;
    for (const line of app.logLines) expect(line).not.toMatch(/103\.3\d{3}|24\.7\d{3}/);
    for (const line of app.logLines) expect(line).not.toContain(place);
  });

  it('makes one belief of a burst of facts, and announces it in the log', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => record(sighting({ observedAt: fromNow(app.clock, -i * 1000) }))),
    );
    await posterior();
    const made = (await marks()).filter(({ because }) => because === 'sighting');
    expect(made.length).toBeLessThanOrEqual(3);
    await app.settled();
    expect(app.deps.live.world().incidents[incidentId]!.believedSeq).toBe((await posterior()).seq);
  });

  it('goes on when its thread is killed', async () => {
    await record(sighting());
    const before = await posterior();
    await app.deps.locating!.thread.worker!.terminate();
    await record(sighting({ observedAt: fromNow(app.clock, -30_000) }));
    const after = await posterior();
    expect(after.seq).toBeGreaterThan(before.seq);
  });

  it('plans who looks where; an order, its answers and its undoing are in the next plan', async () => {
    await record(sighting());
    const suggested = await plan();
    const route = suggested.routes[0]!;
    const [task] = route.tasks;
    expect(task!.state).toBe('suggested');
    expect(suggested.pFoundBy.map(({ p }) => p)).toEqual(
      suggested.pFoundBy.map(({ p }) => p).toSorted((a, b) => a - b),
    );
    expect(suggested.pFoundBy.at(-1)!.minute).toBe(30);
    expect((await plan('?horizonMin=60')).pFoundBy.at(-1)!.minute).toBe(60);
    expect(suggested.bound).toBeGreaterThanOrEqual(suggested.value);

    const { place, method } = task!;
    const named = place.path ? { segmentId: place.placeId } : { placeId: place.placeId };
    const before = await posterior();
    const ordered = await app.as('leader')('POST', `/api/incidents/${incidentId}/tasks`, {
      unitId: route.unitId,
      method,
      ...named,
    });
    expect(ordered.status).toBe(201);
    const { taskId } = ordered.body;
    const routeOf = (view: PlanView) => view.routes.find(({ unitId }) => unitId === route.unitId);
    await app.as('leader')('POST', `/api/tasks/${taskId}/accept`);
    const accepted = routeOf(await plan())!.tasks[0]!;
    expect(accepted).toMatchObject({ taskRef: taskId, state: 'accepted', place: { placeId: place.placeId } });
    const poa = (view: PosteriorView) =>
      view.places.find(({ placeId }) => placeId === place.placeId)?.poa ?? 0;
    await app.as('leader')('POST', `/api/tasks/${taskId}/result`, {
      outcome: 'notHere',
      method,
      observedAt: fromNow(app.clock, 0),
    });
    const searched = await posterior();
    expect(poa(searched)).toBeLessThan(poa(before));
    expect(searched.places.find(({ placeId }) => placeId === place.placeId)?.searched).toMatchObject([
      { method },
    ]);
    await app.as('leader')('POST', `/api/tasks/${taskId}/undo`, { reason: '记错' });
    // Which roads are told by themselves depends on the plan; where she may be does not.
    const spread = ({ regions, modes, entropyBits }: PosteriorView) => hashOf([regions, modes, entropyBits]);
    expect(spread(await posterior())).toBe(spread(before));
    expect(spread(searched)).not.toBe(spread(before));
    await app.as('leader')('POST', `/api/tasks/${taskId}/cancel`);
  });

  it('a street becomes a segment when somebody is sent there, and only then', async () => {
    await record(sighting());
    const { places } = await posterior();
    const street = places.find(({ kind }) => kind === 'street')!;
    const leader = app.as('leader');
    const { routes } = await plan();
    const unitId = routes[0]?.unitId ?? Object.keys(app.deps.live.world().units)[0]!;
    const order = (segmentId: string) =>
      leader('POST', `/api/incidents/${incidentId}/tasks`, { unitId, segmentId, method: 'driveBy' });
    expect((await order('r999999.1')).status).toBe(400);
    const made = await order(street.placeId);
    expect(made.status).toBe(201);
    const { items } = (await leader('GET', `/api/incidents/${incidentId}/tasks`)).body;
    expect(items[0].target).toMatchObject({ kind: 'street', name: street.name });
    expect(items[0].target.path).toHaveLength(street.path!.length);
    const ids = async (path: string) =>
      ((await leader('GET', path)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await ids('/api/segments')).not.toContain(street.placeId);
    expect(await ids('/api/places?limit=1000')).not.toContain(street.placeId);
    expect(await ids('/api/places?kind=street')).toContain(street.placeId);
    const before = await posterior();
    await leader('POST', `/api/tasks/${made.body.taskId}/result`, {
      outcome: 'notHere',
      method: 'driveBy',
      observedAt: fromNow(app.clock, 0),
    });
    const after = await posterior();
    const poa = (view: PosteriorView) =>
      view.places.find(({ placeId }) => placeId === street.placeId)?.poa ?? 0;
    expect(poa(after)).toBeLessThan(poa(before));
  });

  it('says why a unit is not in the plan', async () => {
    const other = await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone: '13911110000' }));
    const [unitId] = Object.keys(app.deps.live.world().units);
    const busy = await app.as('leader')('POST', `/api/incidents/${other.body.incidentId}/tasks`, {
      unitId,
      placeId: bank.id,
      method: 'clerkAsked',
    });
    await record(sighting());
    const view = await plan();
    expect(view.routes.map(route => route.unitId)).not.toContain(unitId);
    expect(view.unavailable.find(each => each.unitId === unitId)).toMatchObject({ code: 'otherIncident' });
    await app.as('leader')('POST', `/api/tasks/${busy.body.taskId}/cancel`);
    const free = await plan();
    expect(free.unavailable.find(each => each.unitId === unitId)?.code).not.toBe('otherIncident');
    await app.as('leader')('POST', `/api/incidents/${other.body.incidentId}/close`, {
      outcome: 'falseAlarm',
    });
  });

  it('a closed incident is believed of no more; what facts made of it is kept', async () => {
    await record(sighting());
    await posterior();
    app.clock.advance(31_000);
    await posterior();
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met', foundAt: home });
    for (const path of ['/posterior', '/plan', '/beliefs'])
      expect((await look(path)).body.error.details.missing).toContain('openIncident');
    const { rows } = await app.database.db.execute(
      sql`select because, by_time from belief where incident_id = ${incidentId} order by seq`,
    );
    expect(rows.map(({ because }) => because)).toContain('sighting');
    for (const { because, by_time: byTime } of rows) {
      expect(byTime).toBe(false);
      expect(because).not.toBe('task');
    }
  });
});
