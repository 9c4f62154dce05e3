/** Dispatch orders from their issue to their feedback: who may, in which order, and who sees what of it. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { orderStations } from '#domain/loop/order.ts';
import { listOrders } from '../../db/queries/loop/orders.ts';
import type { Actor } from '../../server/auth/actor.ts';
import { contextOf } from '../../server/auth/reach.ts';
import { scopeOf, type Viewer } from '../../server/stream/scope.ts';
import { worldFor } from '../../server/stream/project.ts';
import { receiveAlert } from '../../server/services/alert/receive.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

type Ask = Awaited<ReturnType<TestApp['asUser']>>;

describeEachDatabase('dispatch orders', makeDatabase => {
  let app: TestApp;
  /** Two station officers, of st-east and st-west. */
  let east: Ask;
  let west: Ask;
  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    east = app.as('station');
    west = await app.asUser('station-west', 'station', 'st-west');
  });
  afterEach(() => app.close());

  let phones = 0;
  async function alerted(home: object | null = inEast, more: object = {}) {
    const phone = `1390000${String(1000 + phones++)}`;
    const answer = await app.as('operator')(
      'POST',
      '/api/alerts',
      alertBody({ ...more }, { phone, ...(home && { home }) }),
    );
    expect(answer.status).toBe(201);
    // Ids sort by their time.
    app.clock.advance(1000);
    return answer.body.incidentId as string;
  }
  const ordersOf = async (incidentId: string, ask: Ask = app.as('leader')) =>
    (await ask('GET', `/api/incidents/${incidentId}/orders`)).body.items;
  const orderOf = async (incidentId: string) => (await ordersOf(incidentId))[0].id as string;
  const officer = async (name: string, sworn: boolean, stationId: string | null) =>
    (
      await app.as('leader')('POST', '/api/officers', {
        name,
        sworn,
        stationId,
        badgeNumber: `${name}-${sworn}`,
      })
    ).body.officerId as string;
  const say = (ask: Ask, orderId: string, verb: string, body: object = {}) =>
    ask('POST', `/api/orders/${orderId}/${verb}`, body);

  /** Which incidents each way of looking shows a station officer: lists, one by one, stream, and the rows alone. */
  async function sightOf(incidentId: string, stationId: string, userId: string, ask: Ask) {
    await app.settled();
    const actor: Viewer = {
      kind: 'user',
      userId,
      username: userId,
      role: 'station',
      stationId,
      sessionId: '',
    };
    const world = app.deps.live.world();
    const listed = (await ask('GET', '/api/incidents')).body.items.map(({ id }: { id: string }) => id);
    const orders = (await ask('GET', '/api/orders')).body.items;
    const rows = await app.database.read(
      tx => listOrders(tx, { incidentId, limit: 10 }),
      contextOf(actor as Actor),
    );
    return {
      detail: (await ask('GET', `/api/incidents/${incidentId}`)).status,
      listed: listed.includes(incidentId),
      orders: orders.some((each: { incidentId: string }) => each.incidentId === incidentId),
      stream: incidentId in worldFor(scopeOf(actor, world), world).incidents,
      rows: rows.length > 0,
    };
  }
  const everything = { detail: 200, listed: true, orders: true, stream: true, rows: true };
  const nothing = { detail: 404, listed: false, orders: false, stream: false, rows: false };

  it('goes from its issue with the alert to the feedback, each step by who may', async () => {
    const incidentId = await alerted(inEast, { risk: 'low' });
    const [issued] = await ordersOf(incidentId);
    expect(issued).toMatchObject({ stationId: 'st-east', basis: 'home', state: 'issued', officers: [] });
    expect(Date.parse(issued.meetDueAt)).toBeGreaterThan(Date.parse(issued.issuedAt));
    const id = issued.id as string;
    const [wang, li] = [await officer('王', true, 'st-east'), await officer('李', false, 'st-east')];
    for (const role of ['analyst', 'trace', 'admin', 'wall'] as const)
      expect((await say(app.as(role), id, 'acknowledge')).status).toBe(403);
    expect((await say(west, id, 'acknowledge')).status).toBe(404);
    app.clock.advance(60_000);
    expect((await say(east, id, 'acknowledge')).status).toBe(200);
    expect((await say(east, id, 'assign', { officerIds: [li, wang] })).status).toBe(200);
    app.clock.advance(60_000);
    expect((await say(east, id, 'underWay')).status).toBe(200);
    app.clock.advance(600_000);
    const metAt = fromNow(app.clock, -120_000);
    const text = '已见面，当事人已停止转账';
    expect((await say(east, id, 'feedback', { text, met: true, metAt })).status).toBe(200);
    const [done] = await ordersOf(incidentId, east);
    expect(done).toMatchObject({ state: 'fedBack', metAt, note: text });
    expect(done.officers).toEqual([
      { id: wang, name: '王', sworn: true },
      { id: li, name: '李', sworn: false },
    ]);
    const times = ['issuedAt', 'acknowledgedAt', 'underWayAt', 'metAt', 'fedBackAt'].map(name => done[name]);
    expect(times.toSorted((a, b) => Date.parse(a) - Date.parse(b))).toEqual(times);
    expect((await say(east, id, 'feedback', { text, met: true })).body.error.code).toBe('conflict');
    await app.settled();
    const seen = app.deps.live.world().incidents[incidentId]!.loop.orders[id]!;
    expect(seen).toMatchObject({
      state: 'fedBack',
      officerIds: expect.arrayContaining([li, wang]),
      sworn: 1,
    });
    expect(seen.at.met).toBe(metAt);
    const kept = await app.database.read(
      tx => tx.execute(sql`select payload::text as payload from domain_event`),
      contextOf({ kind: 'system' } as Actor),
    );
    expect(JSON.stringify(kept.rows)).not.toContain('停止转账');
  });

  it('officers without a sworn one, of another station, or of none that exists are refused', async () => {
    const id = await orderOf(await alerted());
    const auxiliary = await officer('甲', false, 'st-east');
    const squad = await officer('乙', true, null);
    const foreign = await officer('丙', true, 'st-west');
    const alone = await say(east, id, 'assign', { officerIds: [auxiliary] });
    expect([alone.status, alone.body.error.details]).toEqual([409, { why: 'noSworn' }]);
    for (const other of [foreign, 'off_none'])
      expect((await say(east, id, 'assign', { officerIds: [auxiliary, other] })).status).toBe(400);
    expect((await ordersOf(await incidentOf(id)))[0].state).toBe('issued');
    expect((await say(east, id, 'assign', { officerIds: [squad, auxiliary, squad] })).status).toBe(200);
    // Who names them has read the order; naming others takes the place of the first.
    const again = await officer('丁', true, 'st-east');
    expect((await say(east, id, 'assign', { officerIds: [again] })).status).toBe(200);
    const [order] = await ordersOf(await incidentOf(id));
    expect(order).toMatchObject({ state: 'acknowledged', officers: [{ id: again }] });
  });
  const incidentOf = async (orderId: string): Promise<string> =>
    (await app.as('leader')('GET', '/api/orders')).body.items.find(({ id }: { id: string }) => id === orderId)
      .incidentId;

  it('two people acknowledge at once: one does; the same request again is answered alike', async () => {
    const id = await orderOf(await alerted());
    const colleague = await app.asUser('station-2', 'station', 'st-east');
    const both = await Promise.all([say(east, id, 'acknowledge'), say(colleague, id, 'acknowledge')]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const second = await orderOf(await alerted());
    const key = { 'Idempotency-Key': 'ack-1' };
    const first = await east('POST', `/api/orders/${second}/acknowledge`, {}, key);
    const repeated = await east('POST', `/api/orders/${second}/acknowledge`, {}, key);
    expect([repeated.status, repeated.body]).toEqual([200, first.body]);
  });

  it('handed to another station: that one sees everything and the first nothing any more', async () => {
    const incidentId = await alerted();
    const id = await orderOf(incidentId);
    expect(await sightOf(incidentId, 'st-east', 'station', east)).toEqual(everything);
    expect(await sightOf(incidentId, 'st-west', 'station-west', west)).toEqual(nothing);
    expect((await say(west, id, 'handOver', { stationId: 'st-west', reason: '本所辖区' })).status).toBe(404);
    for (const stationId of ['st-east', 'st-none'])
      expect((await say(east, id, 'handOver', { stationId, reason: '非本辖区' })).status).toBe(400);
    const handed = await say(east, id, 'handOver', { stationId: 'st-west', reason: '现住址在西辖区' });
    expect(handed.status).toBe(200);
    expect(await sightOf(incidentId, 'st-west', 'station-west', west)).toEqual(everything);
    expect(await sightOf(incidentId, 'st-east', 'station', east)).toEqual(nothing);
    expect((await say(east, id, 'acknowledge')).status).toBe(404);
    expect((await say(east, handed.body.orderId, 'acknowledge')).status).toBe(404);
    const [now, before] = await ordersOf(incidentId, west);
    expect(now).toMatchObject({
      stationId: 'st-west',
      basis: 'handedOver',
      replaces: id,
      meetDueAt: before.meetDueAt,
    });
    expect(before).toMatchObject({ state: 'handedOver', reason: '现住址在西辖区' });
    expect((await app.as('leader')('GET', `/api/incidents/${incidentId}`)).body).toMatchObject({
      stationId: 'st-west',
      stationBasis: 'handedOver',
    });
    expect((await say(west, now.id, 'acknowledge')).status).toBe(200);
  });

  it('re-routed by the centre: the order is the other station’s, the incident stays with the home’s', async () => {
    const incidentId = await alerted();
    const id = await orderOf(incidentId);
    const to = (body: object, ask = app.as('operator')) =>
      ask('POST', `/api/incidents/${incidentId}/orders`, body);
    expect((await to({ stationId: 'st-west', reason: '在那边' }, east)).status).toBe(403);
    expect((await to({ stationId: 'st-west' })).body.error.code).toBe('invalidBody');
    expect((await to({ stationId: 'st-east', reason: '本所' })).status).toBe(409);
    const routed = await to({ stationId: 'st-west', reason: '当事人现在该辖区', basis: 'whereNow' });
    expect(routed.status).toBe(201);
    const items = await ordersOf(incidentId);
    expect(items.map(({ stationId, state }: never) => [stationId, state])).toEqual([
      ['st-west', 'issued'],
      ['st-east', 'handedOver'],
    ]);
    expect((await sightOf(incidentId, 'st-west', 'station-west', west)).stream).toBe(true);
    expect((await east('GET', `/api/incidents/${incidentId}`)).status).toBe(200);
    expect((await say(east, routed.body.orderId, 'acknowledge')).status).toBe(403);
    expect((await say(east, id, 'underWay')).status).toBe(409);
    expect((await say(app.as('operator'), routed.body.orderId, 'cancel', { reason: '误派' })).status).toBe(
      200,
    );
    expect(await sightOf(incidentId, 'st-west', 'station-west', west)).toEqual(nothing);
  });

  it('without a station there is no order until a home or a leader says whose it is; one at a time', async () => {
    const unknown = await alerted(null);
    expect(await ordersOf(unknown)).toEqual([]);
    const set = await app.as('operator')('POST', `/api/incidents/${unknown}/home`, { position: inWest });
    expect(set.status).toBeLessThan(300);
    expect(await ordersOf(unknown)).toMatchObject([{ stationId: 'st-west', basis: 'home' }]);
    const chosen = await alerted(null);
    const empty = await app.as('leader')('POST', `/api/incidents/${chosen}/orders`, {});
    expect(empty.body.error.code).toBe('invalidBody');
    await app.as('leader')('POST', `/api/incidents/${chosen}/orders`, { stationId: 'st-east' });
    await app.as('operator')('POST', `/api/incidents/${chosen}/home`, { position: inWest });
    expect(await ordersOf(chosen)).toMatchObject([{ stationId: 'st-east', basis: 'chosen' }]);
  });

  it('a repeated alert adds no second open order, and a new one once the first was fed back', async () => {
    const incidentId = await alerted();
    const phone = `1390000${String(1000 + phones - 1)}`;
    const repeat = () => app.as('operator')('POST', '/api/alerts', alertBody({}, { phone, home: inEast }));
    expect((await repeat()).body).toMatchObject({ incidentId, joined: true });
    const [first, ...others] = await ordersOf(incidentId);
    expect(others).toEqual([]);
    await say(east, first.id, 'feedback', { text: '已见面', met: true });
    await repeat();
    app.clock.advance(1000);
    expect((await ordersOf(incidentId)).map(({ state }: never) => state)).toEqual(['issued', 'fedBack']);
    const system = { actor: { kind: 'system' } as Actor };
    const done = await receiveAlert(app.deps, system, alertBody({}, { phone, home: inEast }) as never);
    expect(done.reply.joined).toBe(true);
    expect(await ordersOf(incidentId)).toHaveLength(2);
  });

  it('out of the county there is one way, and its undoing issues the order anew', async () => {
    const incidentId = await alerted();
    const id = await orderOf(incidentId);
    const out = { outOfCounty: true, to: '曲靖市反诈中心', reason: '当事人已迁居' };
    expect((await say(east, id, 'handOver', out)).status).toBe(200);
    const detail = (await app.as('leader')('GET', `/api/incidents/${incidentId}`)).body;
    expect(detail.handedOverAt).not.toBeNull();
    expect(await ordersOf(incidentId)).toMatchObject([{ state: 'handedOver', reason: '当事人已迁居' }]);
    app.clock.advance(1000);
    const undone = await app.as('operator')('DELETE', `/api/incidents/${incidentId}/hand-over`);
    expect(undone.status).toBeLessThan(300);
    expect((await ordersOf(incidentId)).map(({ state }: never) => state)).toEqual(['issued', 'handedOver']);
  });

  it('closing ends it: fed back when she was met, else taken back', async () => {
    const [met, unmet, said] = [await alerted(), await alerted(), await alerted()];
    await app.database.transaction(contextOf({ kind: 'system' } as Actor), tx =>
      tx.execute(sql`update dispatch_order set state = 'met', met_at = issued_at where incident_id = ${met}`),
    );
    for (const id of [met, unmet])
      await app.as('leader')('POST', `/api/incidents/${id}/close`, { outcome: 'notMet' });
    await app.as('leader')('POST', `/api/incidents/${said}/close`, { outcome: 'metTooLate' });
    await app.settled();
    const world = app.deps.live.world().incidents;
    const stateOf = async (id: string) => (await ordersOf(id))[0].state;
    expect([await stateOf(met), await stateOf(unmet)]).toEqual(['fedBack', 'cancelled']);
    expect(await ordersOf(said)).toMatchObject([{ state: 'fedBack', metAt: expect.any(String) }]);
    expect(orderStations(world[unmet]!.loop.orders)).toEqual([]);
    expect((await say(east, await orderOf(unmet), 'acknowledge')).body.error.code).toBe('alreadyClosed');
  });

  it('pages by station, state and time', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push(await orderOf(await alerted()));
      app.clock.advance(60_000);
    }
    await alerted(inWest);
    await say(east, ids[0]!, 'acknowledge');
    const ask = async (query: string) =>
      (await app.as('leader')('GET', `/api/orders?station=st-east&${query}`)).body;
    const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
    const first = await ask('limit=3');
    const rest = await ask(`limit=3&cursor=${first.nextCursor}`);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(ids.toReversed());
    expect(rest.nextCursor).toBeNull();
    expect(idsOf(await ask('state=acknowledged'))).toEqual([ids[0]]);
    expect(idsOf(await ask('state=open'))).toHaveLength(5);
    const from = fromNow(app.clock, -150_000);
    expect(idsOf(await ask(`from=${from}`))).toEqual(ids.slice(3).toReversed());
    expect(idsOf(await ask(`to=${from}`))).toEqual(ids.slice(0, 3).toReversed());
  });
});
