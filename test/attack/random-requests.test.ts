/**
 * S14: random requests to each route of the OpenAPI document, as people and as devices, some at the same time. Up to a
 * thousand a route, as many as the given seconds (ATTACK_SECONDS) allow, evenly over the routes; the counts are printed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorStatus } from '#contract/errors.ts';
import { type Role, roles } from '#contract/incident.ts';
import { type Action, can, rules } from '../../server/auth/policy.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { alertBody, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson } from '../builders/people.ts';
import { bodyFor, hostileTexts, type JsonSchema, type Schemas } from './bodies.ts';

const perRoute = 1000;
const batch = 50;
const seconds = Number(process.env['ATTACK_SECONDS'] ?? 90);
/** A server answers three times as fast as the embedded database, which has one connection. */
const share = { embedded: 0.7, server: 0.3 };
/** How many are under way at once: the test's own work and the database's then need not wait for each other. */
const lanes = 6;
const canary = { name: '金丝雀儿', phone: '13987650123', idNumber: '53012619900101777X' };
/** The documented answers above 499. Nothing here takes the database away, and no road engine runs. */
const foreseen = new Set(['locatorUnavailable']);
/** What only an answer that nobody wrote would say. */
const inside = /\n\s+at |node_modules|\.ts:\d|Failed query|\bselect .* from\b|password_hash|token_hash/i;

interface Route {
  method: string;
  path: string;
  'x-policy': Action | 'open';
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}
type Headers = Record<string, string>;
interface RandomRequest {
  address: string;
  body: string | undefined;
  sender: number;
  type: string;
  key: string | null;
}

/** A device as the policy knows it, and as it sends. */
const device = (protocol: 'gateway' | 'osmand', headers: Headers) => ({
  headers,
  actor: {
    kind: 'device',
    deviceId: protocol,
    unitId: 'unt_car',
    protocol,
    identifier: protocol,
    crs: 'wgs84',
  } as const,
});

describeEachDatabase('S14 random requests to every route', (makeDatabase, engine) => {
  let app: TestApp;
  let dir: string;
  let texts: string[];
  let gateway: Headers;
  let car: Headers;
  let incidentId: string;
  const people = new Map<string, Headers>();
  let made = 0;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'jianmian-attack-'));
    app = await testApp(await makeDatabase(), { dataDir: dir });
    const leader = app.as('leader');
    const unit = { kind: 'car', crew: { sworn: 1, auxiliary: 2 }, callsign: '鹿鸣-1', stationId: 'st-west' };
    const unitId = (await leader('POST', '/api/units', unit)).body.id as string;
    const tokenOf = async (body: object) => {
      const { token } = (await leader('POST', '/api/devices', { crs: 'wgs84', ...body })).body as {
        token: string;
      };
      return { authorization: `Bearer ${token}` };
    };
    gateway = await tokenOf({ protocol: 'gateway', identifier: 'gate' });
    car = await tokenOf({ protocol: 'osmand', identifier: 'car', unitId });
    const opened = await openTrace(app, ['trace', 'leader']);
    const received = await leader('POST', '/api/alerts', alertBody({}, { ...canary, home: inWest }));
    incidentId = received.body.incidentId as string;
    const incident = `/api/incidents/${incidentId}`;
    const report = {
      kind: 'report',
      observedAt: '2026-11-22T00:00:00Z',
      source: 's',
      credibility: 1,
      text: 't',
    };
    const task = { unitId, placeId: bank.id, method: 'driveBy' };
    const { sightingId } = (await leader('POST', `${incident}/sightings`, report)).body as {
      sightingId: string;
    };
    const { taskId } = (await leader('POST', `${incident}/tasks`, task)).body as { taskId: string };
    const decoy = await addPerson(app, 'decoy', 'operator');
    texts = [
      decoy,
      incidentId,
      opened.incidentId,
      opened.authorityId,
      sightingId,
      taskId,
      unitId,
      bank.id,
      'st-east',
      'decoy',
    ];
  });
  afterAll(async () => {
    await app.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** A session of that role that holds: random requests also sign out and disable. */
  async function sessionOf(role: Role, stationId: string | null): Promise<Headers> {
    const key = `${role}@${stationId}`;
    const kept = people.get(key);
    if (kept && (await app.anonymous('GET', '/api/session', undefined, kept)).status === 200) return kept;
    const credentials = await app.credentialsOf(`${role}-${made++}`, role, stationId);
    // A password like anybody's: it can be asked again.
    await app.database.maintain(tx =>
      tx.execute(sql`update app_user set password_hash = (select password_hash from app_user where username = 'decoy')
        where password_hash = '-'`),
    );
    people.set(key, credentials);
    return credentials;
  }

  /** Of sixteen requests thirteen by who may, for the others are refused unread; one of a person, of a device, of nobody. */
  async function sendersOf(action: Action | 'open'): Promise<Headers[]> {
    const may = roles.filter(role => action === 'open' || rules[role][action] !== undefined);
    const mayNot = roles.filter(role => !may.includes(role));
    const session = (role: Role) => sessionOf(role, 'st-east');
    const people = await Promise.all([...may.slice(0, 1), ...may.slice(-1)].map(session));
    const devices = [device('gateway', gateway), device('osmand', car)];
    const able = devices.filter(({ actor }) => action !== 'open' && can(actor, action) === 'allow');
    const chosen = [...people, ...able.map(({ headers }) => headers)];
    const other = await Promise.all(mayNot.slice(-1).map(session));
    const rest = [...other, devices[made % 2]!.headers, {}];
    return [...Array.from({ length: 13 }, (_, i) => chosen[i % chosen.length]!), ...rest];
  }

  const idOrText = () => fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...hostileTexts), fc.string());
  function addressOf({ path, parameters = [] }: Route): fc.Arbitrary<string> {
    const names = parameters.filter(parameter => parameter.in === 'query').map(({ name }) => name);
    const value = fc.oneof(idOrText(), fc.integer().map(String), fc.constant('103,24,104,25'));
    const query = fc.dictionary(
      names.length > 0 ? fc.constantFrom(...names) : fc.string({ maxLength: 5 }),
      value,
    );
    return fc.tuple(fc.array(idOrText(), { minLength: 2, maxLength: 2 }), query).map(([ids, given]) => {
      let next = 0;
      const filled = path.replaceAll(/\{\w+\}/g, () => encode(ids[next++ % 2]!) || 'x');
      const search = Object.entries(given).map(([name, text]) => `${encode(name)}=${encode(text)}`);
      return search.length > 0 ? `${filled}?${search.join('&')}` : filled;
    });
  }

  function requestsOf(route: Route, schemas: Schemas): fc.Arbitrary<RandomRequest> {
    const json = route.requestBody?.content['application/json']?.schema;
    const body = route.method === 'GET' ? fc.constant(undefined) : bodyFor(json ?? {}, schemas, texts);
    return fc.record({
      address: addressOf(route),
      body,
      sender: fc.nat(15),
      type: fc.constantFrom(
        'application/json',
        'application/json',
        'application/json',
        'application/xml',
        '',
      ),
      key: fc.option(fc.constantFrom('same', ...hostileTexts.filter(text => /^[\x20-\x7e]+$/.test(text))), {
        freq: 6,
      }),
    });
  }

  /** Sends one; what was wrong with its answer. */
  async function send(route: Route, request: RandomRequest, senders: Headers[]): Promise<string | undefined> {
    const { address, body, sender, type, key } = request;
    // Time goes on, as it does for who is limited by rate.
    app.clock.advance(20);
    const answer = await app.app.request(address, {
      method: route.method,
      headers: {
        ...senders[sender % senders.length]!,
        ...reasonHeader,
        ...(body !== undefined && type !== '' && { 'content-type': type }),
        ...(key !== null && { 'Idempotency-Key': key }),
      },
      ...(body !== undefined && { body }),
    });
    const label = `${route.method} ${address} ${body?.slice(0, 500)}`;
    return checkAnswer(answer, label).then(
      () => undefined,
      (error: Error) => error.message,
    );
  }

  async function checkAnswer(answer: Response, label: string): Promise<void> {
    expect(answer.headers.get('content-security-policy'), label).toContain("default-src 'self'");
    if (answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.body!.cancel();
    if (answer.status < 400) return void (await answer.arrayBuffer());
    const text = await answer.text();
    const { code } = (JSON.parse(text) as { error: { code: keyof typeof errorStatus } }).error;
    expect(errorStatus[code], `${label}: ${text.slice(0, 300)}`).toBe(answer.status);
    if (answer.status >= 500)
      expect([...foreseen], `${label}: ${text} ${app.logLines.at(-2)}`).toContain(code);
    expect(text, label).not.toMatch(inside);
    for (const secret of Object.values(canary)) expect(text, label).not.toContain(secret);
  }

  it(
    'no 5xx but the documented, nothing of the inside, nobody named, every refusal audited, the chain whole',
    async () => {
      const { body } = await app.anonymous('GET', '/api/openapi.json');
      const schemas = (body.components.schemas ?? {}) as Schemas;
      const documented = body.paths as Record<string, Record<string, Omit<Route, 'method' | 'path'>>>;
      const routes = Object.entries(documented).flatMap(([path, methods]) =>
        Object.entries(methods).map(
          ([method, route]) => ({ path, method: method.toUpperCase(), ...route }) as Route,
        ),
      );
      /** One a route, so that one look shows all. */
      /** One a route, so that one look shows all. */
      const faults = new Map<Route, string>();
      const requests = new Map(routes.map(route => [route, requestsOf(route, schemas)]));
      const sent = new Map(routes.map(route => [route, 0]));
      const until = performance.now() + seconds * share[engine] * 1000;
      for (let round = 0; round * batch < perRoute && performance.now() < until; round++) {
        for (const route of routes) {
          const senders = await sendersOf(route['x-policy']);
          const sample = fc.sample(requests.get(route)!, { numRuns: batch, seed: round + 1 });
          const waiting = sample.values();
          const lane = async () => {
            for (const request of waiting) {
              const fault = await send(route, request, senders);
              if (fault !== undefined) faults.set(route, fault);
            }
          };
          await Promise.all(Array.from({ length: lanes }, lane));
          sent.set(route, sent.get(route)! + batch);
          if (performance.now() > until && round > 0) break;
        }
      }
      const counts = [...sent.values()];
      const total = counts.reduce((sum, count) => sum + count, 0);
      console.info(
        `${engine}: ${total} random requests to ${routes.length} routes, at least ${Math.min(...counts)} to each`,
      );
      expect([...faults.values()]).toEqual([]);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(batch);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      for (const line of app.logLines) {
        expect(line).not.toContain('unforeseen error');
        for (const secret of Object.values(canary)) expect(line.includes(secret), line).toBe(false);
      }
      await everyRefusalIsAudited();
    },
    (seconds + 210) * 1000,
  );

  async function everyRefusalIsAudited(): Promise<void> {
    const count = async () =>
      Number(
        (
          await app.database.pool.query<{ n: string }>(
            `select count(*) as n from audit_entry where action = 'trace.refuse'`,
          )
        ).rows[0]!.n,
      );
    const before = await count();
    const look = await app.anonymous('POST', `/api/incidents/${incidentId}/looks`, undefined, {
      ...(await sessionOf('operator', 'st-east')),
      ...reasonHeader,
    });
    expect(look.status).toBe(403);
    expect(await count()).toBe(before + 1);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true });
  }
});

/** A lone surrogate cannot stand in an address at all. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
