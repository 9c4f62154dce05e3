/**
 * S6: every route of the OpenAPI document that names a case, a unit, a task or a sighting, by every role whose rules let it do
 * such a thing at all, to what is its own station's and to what is not, on the incident and not on it. What the answer must be
 * is asked of the policy alone.
 */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { type Role, roles } from '#contract/incident.ts';
import type { Actor } from '../../server/auth/actor.ts';
import { type Action, can, type Resource, rules } from '../../server/auth/policy.ts';
import { alertBody, fromNow, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank, inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

type Person = Extract<Actor, { kind: 'user' }>;
type Expected = 'allowed' | 'forbidden' | 'hidden';

const at = '2026-11-22T00:00:00Z';
const report = { kind: 'report', observedAt: at, source: 's', credibility: 1, text: 't' };
const pin = { position: { lng: 103.3, lat: 24.7 } };
/** A body that passes the schema, for each route that wants one: only then is it asked who may. */
const bodies: Record<string, object> = {
  'POST /api/incidents/{id}/members': { userId: 'trace' },
  'POST /api/incidents/{id}/home': pin,
  'POST /api/incidents/{id}/hand-over': { to: '外地公安局', reason: '当事人住在外地' },
  'POST /api/replay/{id}/bookmarks': { at, text: '标注' },
  'POST /api/replay/{id}/what-if': {
    at: '2026-11-22T01:00:00.000Z',
    changes: [{ kind: 'withdraw', unitId: 'unt_1' }],
  },
  'POST /api/replay/{id}/reviews': {
    number: '1',
    legalBasis: '法',
    reason: '复盘处置',
    expiresAt: '2026-11-24T00:00:00Z',
  },
  'POST /api/incidents/{id}/authorities': {
    number: '1',
    legalBasis: '法',
    reason: '事由',
    expiresAt: '2100-01-01T00:00:00Z',
  },
  'POST /api/incidents/{id}/break-glass': { reason: '来不及报批，先行查看' },
  'POST /api/incidents/{id}/wall-pin': { show: ['units'] },
  'POST /api/incidents/{id}/sightings': report,
  'POST /api/incidents/{id}/notes': { text: '已与家属约定一小时后再联系' },
  'POST /api/incidents/{id}/lines': { line: 'contact', take: true },
  'POST /api/incidents/{id}/trace-requests': { askedOf: 'family', what: '常去的地方' },
  'POST /api/incidents/{id}/contacts': { channel: 'family', outcome: 'reached' },
  'POST /api/incidents/{id}/sms': { recipient: 'subject', template: 'byScam' },
  'POST /api/incidents/{id}/tasks': { unitId: 'unt_none', placeId: bank.id, method: 'driveBy' },
  'POST /api/incidents/{id}/close': { outcome: 'met', foundPlaceId: 'no-such-place' },
  'POST /api/incidents/{id}/meetings': { at, place: '门口', officers: ['no-such-officer'] },
  'POST /api/meetings/{id}/steps/{n}': { done: true },
  'PATCH /api/meetings/{id}': { consent: true },
  'POST /api/meetings/{id}/revisit': { dueAt: at },
  'POST /api/meetings/{id}/check': { verdict: 'good', note: '已听' },
  'POST /api/incidents/{id}/outcomes': { reportedAt: at, transferredAfterAlert: false },
  'POST /api/sightings/{id}/correct': { ...report, reason: '更正一下', text: 'u' },
  'POST /api/sightings/{id}/withdraw': { reason: '撤回一下' },
  'POST /api/tasks/{id}/result': { outcome: 'notHere', method: 'driveBy', observedAt: at },
  'POST /api/tasks/{id}/undo': { reason: '误报' },
  'POST /api/incidents/{id}/orders': { stationId: 'no-such-station', reason: '换一个派出所' },
  'POST /api/orders/{id}/assign': { officerIds: ['no-such-officer'] },
  'POST /api/orders/{id}/feedback': { text: '已见面', met: true },
  'POST /api/orders/{id}/handOver': { stationId: 'no-such-station', reason: '非本辖区' },
  'POST /api/incidents/{id}/stop-payments': { account: '6228480000000000001', bank: '农行' },
  'POST /api/stop-payments/{id}/correct': { amountHeld: 1, reason: '银行更正' },
  'PATCH /api/units/{id}': { state: 'enRoute' },
  'POST /api/exports/incidents/{id}': { format: 'csv' },
};
const anyBody = { reason: '说明事由用的文字', observedAt: at };
const queries: Record<string, string> = {
  'POST /api/meetings/{id}/documents': '?kind=photo',
  'GET /api/units/{id}/track': `?from=${at}&to=2026-11-22T01:00:00Z`,
};

interface Things {
  incident: { id: string; stationId: string; members: string[] };
  unit: { id: string; stationId: string };
  taskId: string;
  sightingId: string;
  authorityId: string;
  orderId: string;
  meetingId: string;
  documentId: string;
  revisitId: string;
}

/** What the policy says of a route for one thing; undefined: the route is about nothing that a station owns. */
function expected(
  path: string,
  action: Action,
  who: Person,
  { incident, unit }: Things,
): Expected | undefined {
  const ask = (what: Action, of: Resource): Expected => {
    const decision = can(who, what, of);
    return decision === 'allow' ? 'allowed' : decision === 'hidden' ? 'hidden' : 'forbidden';
  };
  if (path.startsWith('/api/units/{id}')) return ask(action, { stationId: unit.stationId });
  if (path.startsWith('/api/tasks/{id}')) {
    const ofUnit = { unitId: unit.id, stationId: unit.stationId };
    if (ask('task.read', ofUnit) !== 'allowed' && ask('task.read', incident) !== 'allowed') return 'hidden';
    return ask(action, ofUnit) === 'allowed' ? 'allowed' : 'forbidden';
  }
  if (path.startsWith('/api/orders/{id}') && ask('incident.read', incident) === 'allowed')
    return ask(action, incident) === 'allowed' ? 'allowed' : 'forbidden';
  if (
    !/^\/api\/(incidents|replay|orders|meetings|documents|revisits|sightings|authorities|exports\/incidents)\/\{id\}/.test(
      path,
    )
  )
    return undefined;
  if (ask('incident.read', incident) !== 'allowed') return 'hidden';
  // Membership is one of the things that a look may lack, and is named among them.
  return action.startsWith('trace.') ? 'allowed' : ask(action, incident);
}

function verdict({
  status,
  body,
}: {
  status: number;
  body: { error?: { code: string; details?: unknown } };
}): Expected {
  if (status === 404) return 'hidden';
  return body.error?.code === 'forbidden' && body.error.details === undefined ? 'forbidden' : 'allowed';
}

describeEachDatabase('S6 own and foreign things over all routes', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  async function thingsOf(
    stationId: string,
    phone: string,
    home: object,
    members: string[],
  ): Promise<Things> {
    const leader = app.as('leader');
    const { incidentId } = (await leader('POST', '/api/alerts', alertBody({}, { phone, home }))).body;
    const incident = `/api/incidents/${incidentId}`;
    const crew = { sworn: 1, auxiliary: 1 };
    const unit = { callsign: `${stationId}-1`, stationId, kind: 'car', crew };
    const unitId = (await leader('POST', '/api/units', unit)).body.id;
    const task = { unitId, placeId: bank.id, method: 'driveBy' };
    const { taskId } = (await leader('POST', `${incident}/tasks`, task)).body;
    const { sightingId } = (await leader('POST', `${incident}/sightings`, report)).body;
    const { authorityId } = (
      await leader('POST', `${incident}/authorities`, bodies['POST /api/incidents/{id}/authorities'])
    ).body;
    const met = await meetingOf(incidentId, phone);
    const fit = members.filter(id => rules[id.split('-')[0] as Role]['trace.look']);
    for (const userId of fit) await leader('POST', `${incident}/members`, { userId });
    return {
      incident: { id: incidentId, stationId, members: fit },
      unit: { id: unitId, stationId },
      taskId,
      sightingId,
      authorityId,
      ...met,
      orderId: (await leader('GET', `${incident}/orders`)).body.items[0].id,
    };
  }

  /** A meeting with a document and a revisit, drawn for a spot check, and the phrase of its incident. */
  async function meetingOf(incidentId: string, badgeNumber: string) {
    const leader = app.as('leader');
    const officer = { name: '李明', badgeNumber, sworn: true };
    const { officerId } = (await leader('POST', '/api/officers', officer)).body;
    const meeting = { at: fromNow(app.clock, 0), place: '门口', officers: [officerId] };
    const { meetingId } = (await leader('POST', `/api/incidents/${incidentId}/meetings`, meeting)).body;
    const kept = `/api/meetings/${meetingId}/documents?kind=recording`;
    const { documentId } = (
      await leader('POST', kept, '执法仪 1 号', { 'content-type': 'application/octet-stream' })
    ).body;
    const due = { dueAt: fromNow(app.clock, 86_400_000) };
    const { revisitId } = (await leader('POST', `/api/meetings/${meetingId}/revisit`, due)).body;
    await leader('POST', `/api/incidents/${incidentId}/phrase`);
    await app.database.maintain(tx =>
      tx.execute(sql`insert into spot_check (meeting_id, incident_id, week, drawn_at)
        values (${meetingId}, ${incidentId}, '2026-11-16', now())`),
    );
    return { meetingId, documentId, revisitId };
  }

  it('the status is what the policy says, never a 500, and a hidden thing answers like one that is not there', async () => {
    app = await testApp(await makeDatabase());
    const asks = new Map<string, { who: Person; ask: Awaited<ReturnType<TestApp['asUser']>> }>();
    for (const role of roles) {
      for (const side of ['out', 'in']) {
        const userId = `${role}-${side}`;
        const ask = await app.asUser(userId, role, 'st-east');
        const who: Person = {
          kind: 'user',
          userId,
          username: userId,
          role,
          stationId: 'st-east',
          sessionId: '',
        };
        asks.set(userId, { who, ask });
      }
    }
    const members = [...asks.keys()].filter(id => id.endsWith('-in'));
    const places = [
      await thingsOf('st-east', '13900000001', inEast, members),
      await thingsOf('st-west', '13900000002', inWest, members),
    ];
    const { body } = await app.anonymous('GET', '/api/openapi.json');
    const routes = Object.entries(
      body.paths as Record<string, Record<string, { 'x-policy': Action; requestBody?: object }>>,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, route]) => ({ path, method: method.toUpperCase(), ...route })),
    );
    let asked = 0;
    /** What the audit must hold: each 'your role does not allow this', and each 'no such thing' of what there is. */
    const refused: string[] = [];
    // What closes comes last: closed things answer otherwise.
    for (const { path, method, requestBody, ...route } of routes.toSorted(byHarm)) {
      const action = route['x-policy'];
      const name = `${method} ${path}`;
      for (const { who, ask } of asks.values()) {
        if (rules[who.role][action] === undefined) continue;
        const everywhere = rules[who.role][action] === 'all' && rules[who.role]['incident.read'] === 'all';
        // Whose reach is the county is not asked twice.
        if (everywhere && who.userId.endsWith('-in')) continue;
        for (const things of places) {
          const wanted = expected(path, action, who, things);
          if (wanted === undefined) continue;
          const { incident, unit, taskId, sightingId, authorityId, orderId } = things;
          const { meetingId, documentId, revisitId } = things;
          const id = {
            units: unit.id,
            tasks: taskId,
            sightings: sightingId,
            authorities: authorityId,
            orders: orderId,
            meetings: meetingId,
            documents: documentId,
            revisits: revisitId,
          }[path.split('/')[2]!];
          const address = path.replace('{id}', id ?? incident.id).replace('{n}', '1') + (queries[name] ?? '');
          const sent = requestBody || method === 'POST' ? (bodies[name] ?? anyBody) : undefined;
          const answer = await ask(method, address, sent, { ...reasonHeader });
          const label = `${who.userId} ${name} of ${incident.stationId}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`;
          expect(answer.status, label).toBeLessThan(500);
          expect(verdict(answer), label).toBe(wanted);
          const route = `user:${who.userId} ${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
          if (answer.body.error?.code === 'forbidden') refused.push(route);
          if (wanted === 'hidden') {
            refused.push(`${route} ${id ?? incident.id}`);
            const nothing = await ask(
              method,
              path.replace('{id}', 'no_such_thing').replace('{n}', '1') + (queries[name] ?? ''),
              sent,
              {
                ...reasonHeader,
              },
            );
            expect({ status: answer.status, body: answer.body }, label).toEqual({
              status: nothing.status,
              body: nothing.body,
            });
          }
          asked++;
        }
      }
    }
    expect(asked).toBeGreaterThan(200);
    const { rows } = await app.database.pool.query<{ said: string; incidentId: string }>(
      `select concat_ws(' ', actor, resource, detail->>'id') as said, incident_id as "incidentId" from audit_entry
        where action = 'access.refuse' order by seq`,
    );
    expect(
      rows.map(({ said }) => said),
      'each refusal is in the audit, and nothing that does not exist',
    ).toEqual(refused);
    const foreign = places[1]!.incident.id;
    expect(rows.filter(({ incidentId }) => incidentId === foreign).length).toBeGreaterThan(50);
  }, 120_000);

  it('no tile holds a case: there is the base map, the same for everybody', async () => {
    app = await testApp(await makeDatabase());
    const { body } = await app.anonymous('GET', '/api/openapi.json');
    const tiles = Object.keys(body.paths as object).filter(path => /tile|\.(pbf|mvt|png)/.test(path));
    expect(tiles).toEqual(['/tiles/basemap.pmtiles']);
  });

  it('lists, counts and searches hold nothing of a foreign station', async () => {
    app = await testApp(await makeDatabase());
    const own = await thingsOf('st-east', '13900000001', inEast, []);
    const foreign = await thingsOf('st-west', '13900000002', inWest, []);
    const { body } = await app.anonymous('GET', '/api/openapi.json');
    const window = `from=${fromNow(app.clock, -3_600_000)}&to=${fromNow(app.clock, 3_600_000)}`;
    const asks = [
      '',
      '?limit=1',
      '?state=open',
      '?station=st-west',
      '?q=139',
      '?bbox=103,24,104,25',
      `?unitId=${foreign.unit.id}`,
      `?${window}`,
      '?lng=103.25&lat=24.75&by=line&limit=50',
    ];
    const lists = Object.entries(body.paths as Record<string, object>)
      .filter(([path, methods]) => 'get' in methods && !path.includes('{') && path !== '/api/stream')
      .map(([path]) => path);
    for (const role of ['station', 'field'] as const) {
      for (const path of lists) {
        for (const query of asks) {
          const answer = await app.as(role)('GET', path + query);
          const text = JSON.stringify(answer.body);
          const label = `${role} GET ${path}${query}`;
          expect(answer.status, label).toBeLessThan(500);
          for (const id of [
            foreign.incident.id,
            foreign.unit.id,
            foreign.taskId,
            foreign.sightingId,
            foreign.authorityId,
            foreign.orderId,
            foreign.meetingId,
            foreign.documentId,
            foreign.revisitId,
          ])
            expect(text, label).not.toContain(id);
        }
      }
      const mine = (await app.as(role)('GET', '/api/incidents')).body.items;
      expect(mine.map(({ id }: { id: string }) => id)).toEqual([own.incident.id]);
    }
  }, 120_000);
});

/** Reads first, what ends something last. */
const harm = (name: string): number =>
  /close$|withdraw$|revoke$/.test(name) ? 2 : name.startsWith('GET') ? 0 : 1;
const byHarm = (a: { method: string; path: string }, b: { method: string; path: string }): number =>
  harm(`${a.method} ${a.path}`) - harm(`${b.method} ${b.path}`);
