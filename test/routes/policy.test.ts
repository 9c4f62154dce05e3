import { afterEach, describe, expect, it } from 'vitest';
import { roles } from '#contract/incident.ts';
import { type Action, actions, can, rules } from '../../server/auth/policy.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

interface DocumentedRoute {
  method: string;
  path: string;
  policy: string | undefined;
}

async function documentedRoutes(app: TestApp): Promise<DocumentedRoute[]> {
  const { body } = await app.anonymous('GET', '/api/openapi.json');
  return Object.entries(body.paths as Record<string, Record<string, { 'x-policy'?: string }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, route]) => ({
        method: method.toUpperCase(),
        path,
        policy: route['x-policy'],
      })),
  );
}

describeEachDatabase('S6 policy over all routes', makeDatabase => {
  let app: TestApp;
  const start = async () => (app = await testApp(await makeDatabase()));
  afterEach(() => app.close());

  it('every registered route declares its policy', async () => {
    await start();
    const documented = await documentedRoutes(app);
    for (const route of documented)
      expect([...actions, 'open'], `${route.method} ${route.path}`).toContain(route.policy);
    const known = new Set(
      documented.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const registered = app.app.routes
      .filter(route => route.method !== 'ALL')
      .map(route => `${route.method} ${route.path}`);
    expect(
      [...new Set(registered)].filter(route => !known.has(route)),
      'routes without a policy',
    ).toEqual([]);
    const open = documented
      .filter(({ policy }) => policy === 'open')
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted(), 'whoever opens a route to everybody says so here').toEqual([
      'GET /api/openapi.json',
      'GET /api/session',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      'GET /tiles/basemap.pmtiles',
      'POST /api/session',
      'POST /api/session/certificate',
      'POST /api/session/passkey',
      'POST /api/session/passkey/options',
      // By its signature.
      'POST /feeds/upward-acks',
    ]);
  });

  it('each role gets through exactly where its rules say so', async () => {
    await start();
    const routes = (await documentedRoutes(app)).filter(({ policy }) => policy !== 'open');
    const refused: string[] = [];
    for (const { method, path, policy } of routes) {
      // A stream would stay open; whether it opens at all is the policy's matter like everything else.
      if (path === '/api/stream' || path === '/api/session') continue;
      const address = path.replaceAll(/\{\w+\}/g, 'nothing');
      const anonymous = await app.anonymous(method, address);
      expect(anonymous.status, `anonymous ${method} ${path}`).toBe(401);
      for (const role of roles) {
        const answer = await app.as(role)(method, address);
        const allowed = rules[role][policy as Action] !== undefined;
        if (allowed) expect([401, 403], `${role} ${method} ${path}`).not.toContain(answer.status);
        else {
          expect(answer.status, `${role} ${method} ${path}`).toBe(403);
          refused.push(`user:${role} ${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
        }
      }
    }
    const { rows } = await app.database.pool.query<{ said: string }>(
      `select actor || ' ' || resource as said from audit_entry where action = 'access.refuse' order by seq`,
    );
    expect(
      rows.map(({ said }) => said),
      'each refusal is in the audit',
    ).toEqual(refused);
  }, 120_000);

  it('a station sees its own incidents and units, and learns nothing of others', async () => {
    await start();
    const leader = app.as('leader');
    const own = (await leader('POST', '/api/alerts', alertBody({}, { phone: '13900000001', home: inEast })))
      .body.incidentId;
    const foreign = (
      await leader('POST', '/api/alerts', alertBody({}, { phone: '13900000002', home: inWest }))
    ).body.incidentId;
    const unit = { kind: 'car', crew: { sworn: 1, auxiliary: 2 } };
    const ownUnit = (
      await leader('POST', '/api/units', { ...unit, callsign: '茶口-1', stationId: 'st-east' })
    ).body.id;
    const foreignUnit = (
      await leader('POST', '/api/units', { ...unit, callsign: '鹿鸣-1', stationId: 'st-west' })
    ).body.id;

    for (const role of ['station', 'field'] as const) {
      const ask = app.as(role);
      const list = (await ask('GET', '/api/incidents')).body.items as { id: string }[];
      expect(list.map(({ id }) => id)).toEqual([own]);
      const units = (await ask('GET', '/api/units')).body.items as { id: string }[];
      expect(units.map(({ id }) => id)).toEqual([ownUnit]);
      expect((await ask('GET', `/api/incidents/${own}`)).status).toBe(200);
      const missing = await ask('GET', '/api/incidents/inc_nothing');
      const hidden = await ask('GET', `/api/incidents/${foreign}`);
      expect(hidden.status).toBe(404);
      expect(hidden.body).toEqual(missing.body);
      const report = {
        kind: 'report',
        observedAt: new Date(app.clock.now()).toISOString(),
        source: 's',
        credibility: 1,
        text: 't',
      };
      const written = await ask('POST', `/api/incidents/${foreign}/sightings`, report);
      expect(written.status).toBe(404);
      expect(written.body).toEqual(missing.body);
      expect((await ask('GET', `/api/incidents/${foreign}/sightings`)).status).toBe(404);
      expect((await ask('GET', `/api/incidents/${foreign}/subject`)).status).toBe(404);
    }
    const station = app.as('station');
    expect((await station('PATCH', `/api/units/${ownUnit}`, { state: 'enRoute' })).status).toBe(200);
    const hiddenUnit = await station('PATCH', `/api/units/${foreignUnit}`, { state: 'enRoute' });
    expect(hiddenUnit.status).toBe(404);
    expect(hiddenUnit.body).toEqual(
      (await station('PATCH', '/api/units/unt_nothing', { state: 'enRoute' })).body,
    );

    await leader('POST', `/api/incidents/${foreign}/members`, { userId: 'station' });
    expect((await station('GET', `/api/incidents/${foreign}`)).status).toBe(200);
    expect((await station('GET', '/api/incidents')).body.items).toHaveLength(2);
  });
});

describe('S6 the policy itself', () => {
  it('a station role without a station reaches no station’s things', () => {
    const actor = {
      kind: 'user',
      userId: 'u',
      username: 'u',
      role: 'station',
      stationId: null,
      sessionId: 's',
    } as const;
    expect(can(actor, 'incident.read', { stationId: null, members: [] })).toBe('hidden');
    expect(can(actor, 'incident.read', { stationId: 'st-east', members: [] })).toBe('hidden');
  });
  it('an administrator reads no case, an auditor nothing but his own session (S11)', () => {
    for (const action of actions.filter(name => /^(incident|sighting|trace|authority|alert)\./.test(name))) {
      expect(rules.admin[action], action).toBeUndefined();
      expect(rules.auditor[action], action).toBeUndefined();
    }
  });
});
