/** S6, the second wall: queries that ask no policy at all, as somebody to whom the rows do not belong. */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { roles } from '#contract/incident.ts';
import { connectDatabase } from '../../db/connect.ts';
import { SYSTEM, type TransactionContext } from '../../db/transaction.ts';
import type { Actor } from '../../server/auth/actor.ts';
import { can } from '../../server/auth/policy.ts';
import { contextOf, lookContextOf } from '../../server/auth/reach.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { bank, inEast, inWest } from '../builders/county.ts';
import {
  describeEachDatabase,
  dropServerDatabase,
  hasServer,
  newServerDatabase,
} from '../builders/database.ts';

const caseTables = [
  'incident',
  'incident_member',
  'alert',
  'authority',
  'trace_look',
  'subject',
  'subject_private',
  'text_private',
  'account_private',
  'sighting',
  'belief',
  'task',
  'break_glass',
  'wall_pin',
] as const;

type UserActor = Extract<Actor, { kind: 'user' }>;
const person = (
  role: UserActor['role'],
  stationId: string | null = null,
  userId: string = role,
): UserActor => ({
  kind: 'user',
  userId,
  username: userId,
  role,
  stationId,
  sessionId: `ses-${userId}`,
});

describeEachDatabase('S6 row-level security', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  const count = (context: TransactionContext, table: string, where = 'true') =>
    app.database.read(async tx => {
      const { rows } = await tx.execute<{ n: number }>(
        sql.raw(`select count(*)::int as n from ${table} where ${where}`),
      );
      return rows[0]!.n;
    }, context);

  /** A busy incident at a home: vault, trace, task, authority, break-glass, belief. */
  async function busyIncident(phone: string, home: { lng: number; lat: number }, stationId: string) {
    const leader = app.as('leader');
    const body = alertBody(
      { note: '听信冒充公检法', accounts: [{ bank: '江源银行', number: '6200', amount: 1 }] },
      { phone, home },
    );
    const { incidentId } = (await leader('POST', '/api/alerts', body)).body;
    const at = (path: string, json?: unknown) => leader('POST', `/api/incidents/${incidentId}/${path}`, json);
    await at('sightings', {
      kind: 'report',
      observedAt: fromNow(app.clock, -60_000),
      source: '家属',
      credibility: 1,
      text: '已出门',
    });
    const unit = await leader('POST', '/api/units', {
      callsign: `${stationId}-1`,
      stationId,
      kind: 'car',
      crew: { sworn: 1, auxiliary: 1 },
    });
    await at('tasks', { unitId: unit.body.id, placeId: bank.id, method: 'walkThrough', why: '她常去' });
    await at('break-glass', { reason: '当事人失联，来不及报批' });
    await leader('POST', `/api/incidents/${incidentId}/looks`, undefined, {
      'X-Access-Reason': encodeURIComponent('当事人失联，来不及报批'),
    });
    await app.database.transaction(SYSTEM, async tx => {
      await tx.execute(sql`insert into belief (incident_id, seq, by_time, at, because, rest_of_world, entropy_bits, posterior, plan)
        values (${incidentId}, 1, false, now(), 'opened', 0.1, 1, '', '')`);
      await tx.execute(sql`insert into wall_pin select ${incidentId}, id, '{units}', 'leader', now(), now() from authority
        where incident_id = ${incidentId} limit 1`);
    });
    return incidentId as string;
  }

  async function twoStations() {
    app = await testApp(await makeDatabase());
    const own = await busyIncident('13900000001', inEast, 'st-east');
    const foreign = await busyIncident('13900000002', inWest, 'st-west');
    return { own, foreign };
  }

  it('is forced on every table that holds cases or traces', async () => {
    app = await testApp(await makeDatabase());
    const { rows } = await app.database.pool.query<{ relname: string }>(
      `select relname from pg_class where relrowsecurity and relforcerowsecurity and relnamespace = 'public'::regnamespace`,
    );
    expect(rows.map(row => row.relname).toSorted()).toEqual(expect.arrayContaining(caseTables.toSorted()));
    const role = await app.database.pool.query(
      `select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'jianmian_app'`,
    );
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
  });

  it('a query past the policy finds nothing of a foreign station, and nothing at all for nobody', async () => {
    const { own, foreign } = await twoStations();
    for (const table of caseTables) {
      expect(await count(SYSTEM, table), `system ${table}`).toBeGreaterThanOrEqual(2);
      for (const context of [
        { actor: 'nobody' },
        contextOf({ kind: 'anonymous' }),
        contextOf(person('admin')),
        contextOf(person('station', null, 'lost')),
      ])
        expect(await count(context, table), `${JSON.stringify(context)} ${table}`).toBe(0);
    }
    const station = contextOf(person('station', 'st-east'));
    const ofIncident = caseTables.filter(
      table => !['incident', 'subject', 'subject_private'].includes(table),
    );
    for (const table of ofIncident)
      expect(await count(station, table, `incident_id = '${foreign}'`), `foreign ${table}`).toBe(0);
    expect(await count(station, 'incident', `id = '${foreign}'`)).toBe(0);
    expect(await count(station, 'subject_private', `phone = '13900000002'`)).toBe(0);
    for (const table of ['alert', 'authority', 'text_private', 'account_private', 'task', 'wall_pin'])
      expect(await count(station, table, `incident_id = '${own}'`), `own ${table}`).toBeGreaterThan(0);
    expect(await count(station, 'subject_private')).toBe(1);
    await app.as('leader')('POST', `/api/incidents/${foreign}/members`, { userId: 'station' });
    expect(await count(station, 'incident')).toBe(2);
    expect(await count(station, 'incident_member', `incident_id = '${foreign}'`)).toBeGreaterThan(0);
  });

  it('sees exactly the incidents that the policy lets each role read', async () => {
    const { own, foreign } = await twoStations();
    const incidents = [
      { id: own, stationId: 'st-east' },
      { id: foreign, stationId: 'st-west' },
    ];
    for (const role of roles) {
      for (const stationId of ['st-east', 'st-west', null]) {
        const actor = person(role, stationId, `new-${role}`);
        const allowed = incidents.filter(
          ({ stationId: of }) => can(actor, 'incident.read', { stationId: of, members: [] }) === 'allow',
        );
        expect(await count(contextOf(actor), 'incident'), `${role} of ${stationId}`).toBe(allowed.length);
        const people = can(actor, 'incident.readSubject') === 'allow' ? allowed.length : 0;
        expect(await count(contextOf(actor), 'subject_private'), `vault for ${role}`).toBe(people);
      }
    }
  });

  it('no rank reads a trace: only a look that an authority opens, of that incident, while it holds', async () => {
    const { own, foreign } = await twoStations();
    const now = app.clock.now();
    const leader = person('leader');
    for (const table of ['sighting', 'belief']) {
      for (const role of roles) expect(await count(contextOf(person(role, 'st-east')), table), role).toBe(0);
      expect(await count(lookContextOf(leader, own, now), table)).toBe(1);
      expect(await count(lookContextOf(leader, own, now), table, `incident_id = '${foreign}'`)).toBe(0);
      // Break-glass is one leader's alone, and nobody's after half an hour.
      expect(await count(lookContextOf(person('leader', null, 'other'), own, now), table)).toBe(0);
      expect(await count(lookContextOf(leader, own, now + 1_800_000), table)).toBe(0);
    }
    await app.as('leader')('POST', `/api/incidents/${own}/close`, { outcome: 'met' });
    expect(await count(lookContextOf(leader, own, now), 'sighting')).toBe(0);
  });

  it('changes nothing of a foreign station either', async () => {
    const { foreign } = await twoStations();
    const station = contextOf(person('station', 'st-east'));
    const changed = await app.database.transaction(station, async tx => {
      const { rowCount } = await tx.execute(sql`update incident set risk = 'low' where id = ${foreign}`);
      const erased = await tx.execute(sql`delete from subject_private`);
      return [rowCount, erased.rowCount];
    });
    // The one that goes is the own station's.
    expect(changed).toEqual([0, 1]);
    await expect(
      app.database.transaction(station, tx =>
        tx.execute(sql`insert into text_private values ('txt_x', ${foreign}, 'x', now())`),
      ),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('S6 row-level security for an owner who is no superuser', () => {
  it.runIf(hasServer)('holds the owner too, and lets migrations and upkeep through', async () => {
    const admin = await newServerDatabase(false);
    const name = `owner_${new URL(admin).pathname.slice(1)}`;
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(`create extension postgis; create role ${name} login password 'x'; grant jianmian_app to ${name};
      alter schema public owner to ${name}`);
    await client.end();
    const url = new URL(admin);
    url.username = name;
    url.password = 'x';
    const database = await connectDatabase({ databaseUrl: url.href, dataDir: '' });
    try {
      await database.maintain(async tx => {
        await tx.execute(sql`insert into subject values ('sub_1', now())`);
        await tx.execute(sql`insert into incident (id, number, subject_id, state, risk, scam_type, station_basis, opened_at)
          values ('inc_1', 1, 'sub_1', 'open', 'high', 'other', 'none', now())`);
      });
      const past = await database.pool.query('select from incident');
      expect(past.rowCount).toBe(0);
      const own = contextOf(person('leader'));
      const seen = await database.read(tx => tx.execute(sql`select from incident`), own);
      expect(seen.rowCount).toBe(1);
    } finally {
      await database.close();
      await dropServerDatabase(admin);
      const cleaner = new pg.Client({ connectionString: admin.replace(/\/[^/]*$/, '/postgres') });
      await cleaner.connect();
      await cleaner.query(`drop owned by ${name}; drop role ${name}`);
      await cleaner.end();
    }
  });
});
