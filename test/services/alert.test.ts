import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { normalisePhone } from '../../server/services/alert/phone.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest, outside } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('receiving alerts', makeDatabase => {
  let app: TestApp;
  const start = async () => (app = await testApp(await makeDatabase()));
  afterEach(() => app.close());
  const send = (body: unknown, headers?: Record<string, string>) =>
    app.as('operator')('POST', '/api/alerts', body, headers);
  const facts = async () => {
    const { rows } = await app.database.pool.query<{ kind: string; payload: Record<string, unknown> }>(
      'select kind, payload from domain_event order by seq',
    );
    return rows;
  };
  const incident = async (id: string) => (await app.as('leader')('GET', `/api/incidents/${id}`)).body;

  it('opens an incident, joins it on a repeat, and writes log and audit', async () => {
    await start();
    const first = await send(
      alertBody({ amount: 1000.5, note: '备注', accounts: [{ bank: '江源银行', number: '62', amount: 3 }] }),
    );
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      alertId: expect.any(String),
      incidentId: expect.any(String),
      joined: false,
    });
    const second = await send(alertBody({ risk: 'low', amount: 10 }, { phone: '+86 138-0000-0001' }));
    expect(second.body).toEqual({
      alertId: expect.any(String),
      incidentId: first.body.incidentId,
      joined: true,
    });
    // What begins by itself with an alert has tests of its own.
    const own = (await facts()).filter(({ kind }) => /^(?:incident|alert)/.test(kind));
    expect(own.map(({ kind }) => kind)).toEqual(['incidentOpened', 'alertReceived', 'alertReceived']);
    expect(await incident(first.body.incidentId)).toMatchObject({
      risk: 'high',
      amount: 1000.5,
      alertCount: 2,
    });
    const { rows } = await app.database.pool.query(
      `select action, actor from audit_entry where action like 'alert.%' order by seq`,
    );
    expect(rows).toEqual([
      { action: 'alert.receive', actor: 'user:operator' },
      { action: 'alert.receive', actor: 'user:operator' },
    ]);
  });

  it('raises the risk, never lowers it', async () => {
    await start();
    const { body } = await send(alertBody({ risk: 'medium' }));
    await send(alertBody({ risk: 'extraHigh' }));
    await send(alertBody({ risk: 'low' }));
    expect(await incident(body.incidentId)).toMatchObject({ risk: 'extraHigh', alertCount: 3 });
    expect((await facts()).filter(fact => fact.kind === 'riskRaised')).toHaveLength(1);
  });

  it('numbers the incidents of a day in Shanghai from 1, twenty at the same moment without gap or double', async () => {
    await start();
    // 09:00 there when the tests begin: 23:59 now.
    app.clock.advance(15 * 3_600_000 - 60_000);
    const desk = await app.asUser('night-desk', 'leader');
    const sent = (each: string) => desk('POST', '/api/alerts', alertBody({}, { phone: each }));
    const numberOf = async ({ body }: { body: { incidentId: string } }) =>
      (await desk('GET', `/api/incidents/${body.incidentId}`)).body.number as number;
    const phone = (i: number) => `1390000${String(i).padStart(4, '0')}`;
    const people = Array.from({ length: 20 }, (_, i) => phone(i));
    const answers = await Promise.all(people.map(sent));
    // Who calls again keeps her number, and uses none up.
    await sent(phone(3));
    const numbers = await Promise.all(answers.map(numberOf));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(people.map((_, i) => i + 1));

    await app.settled();
    const { incidents } = app.deps.live.world();
    expect(answers.map(({ body }) => incidents[body.incidentId]!.number)).toEqual(numbers);
    const listed = (await desk('GET', '/api/incidents?limit=50')).body.items as { number: number }[];
    expect(new Set(listed.map(({ number }) => number))).toEqual(new Set(numbers));

    expect(await numberOf(await sent(phone(20)))).toBe(21);
    app.clock.advance(60_000);
    expect(await numberOf(await sent(phone(21)))).toBe(1);
  });

  it('gives an incident without a station one when a later alert names the home', async () => {
    await start();
    const { incidentId } = (await send(alertBody())).body;
    await send(alertBody({}, { home: inEast }));
    expect(await incident(incidentId)).toMatchObject({ stationId: 'st-east', stationBasis: 'jurisdiction' });
    // Once decided it stays: officers are already on their way.
    await send(alertBody({}, { home: inWest }));
    expect(await incident(incidentId)).toMatchObject({ stationId: 'st-east' });
    expect((await facts()).filter(({ kind }) => kind === 'stationAssigned')).toEqual([
      {
        kind: 'stationAssigned',
        payload: { incidentId, stationId: 'st-east', stationBasis: 'jurisdiction' },
      },
    ]);
    await app.settled();
    expect(app.deps.live.world().incidents[incidentId]).toMatchObject({
      stationId: 'st-east',
      stationBasis: 'jurisdiction',
      subject: { home: inWest },
    });
  });

  it('decides the station by jurisdiction, else the nearest, else none', async () => {
    await start();
    const cases = [
      [inWest, { stationId: 'st-west', stationBasis: 'jurisdiction' }],
      [inEast, { stationId: 'st-east', stationBasis: 'jurisdiction' }],
      [outside, { stationId: 'st-east', stationBasis: 'nearest' }],
      [undefined, { stationId: null, stationBasis: 'none' }],
    ] as const;
    for (const [i, [home, expected]] of cases.entries()) {
      const { body } = await send(alertBody({}, { phone: `1390000000${i}`, ...(home && { home }) }));
      expect(await incident(body.incidentId)).toMatchObject(expected);
    }
  });

  it('converts the home to WGS-84 from the system that it names', async () => {
    await start();
    // The same point on the border of two jurisdictions lies elsewhere in another system.
    const { body } = await send(alertBody({}, { home: { lng: 103.3018, lat: 24.75, crs: 'gcj02' } }));
    const { subject } = await incident(body.incidentId);
    expect(subject.home.lng).toBeLessThan(103.3018);
    expect(Math.abs(subject.home.lng - 103.3018)).toBeGreaterThan(0.001);
  });

  it('answers a re-sent alert as before, and refuses other content under its id', async () => {
    await start();
    await send(alertBody({ externalId: 'x-0' }));
    const once = await send(alertBody({ externalId: 'x-1' }));
    expect(once.body.joined).toBe(true);
    const again = await send(alertBody({ externalId: 'x-1' }));
    expect(again.status).toBe(201);
    expect(again.body).toEqual(once.body);
    const other = await send(alertBody({ externalId: 'x-1', risk: 'low' }));
    expect(other.status).toBe(409);
    expect(other.body.error).toMatchObject({ code: 'conflict', details: { externalId: 'x-1' } });
    const elsewhere = await send(alertBody({ externalId: 'x-1', risk: 'low', source: 'bank' }));
    expect(elsewhere.status).toBe(201);
    expect((await incident(once.body.incidentId)).alertCount).toBe(3);
  });

  it('opens a new incident for the same person when the last one is closed', async () => {
    await start();
    const first = await send(alertBody());
    await app.as('leader')('POST', `/api/incidents/${first.body.incidentId}/close`, { outcome: 'met' });
    const second = await send(alertBody());
    expect(second.body.joined).toBe(false);
    expect(second.body.incidentId).not.toBe(first.body.incidentId);
  });

  it('keeps what names a person out of the log and the audit', async () => {
    await start();
    await send(
      alertBody(
        { note: '她丈夫报警' },
        { idNumber: '530126199001011234', address: '翠屏路 18号', vehicle: '云A12345' },
      ),
    );
    const { rows } = await app.database.pool.query<{ text: string }>(
      `select coalesce(string_agg(to_jsonb(e)::text, ' '), '') || coalesce((select string_agg(to_jsonb(a)::text, ' ') from audit_entry a), '') as text
       from domain_event e`,
    );
    for (const secret of ['赵小兰', '13800000001', '530126', '翠屏路', '云A12345', '她丈夫'])
      expect(rows[0]!.text).not.toContain(secret);
  });

  it('concurrent alerts for the same people make one incident each (property)', async () => {
    await start();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ person: fc.integer({ min: 0, max: 2 }), risk: fc.constantFrom('extraHigh', 'low') }),
          { minLength: 2, maxLength: 8 },
        ),
        async alerts => {
          // Nobody of an earlier run: her risk would still stand.
          const run = String(runs++).padStart(8, '0');
          const phone = (person: number) => `13${person}${run}`;
          const answers = await Promise.all(
            alerts.map(({ person, risk }) => send(alertBody({ risk }, { phone: phone(person) }))),
          );
          expect(answers.map(answer => answer.status)).toEqual(alerts.map(() => 201));
          for (const person of new Set(alerts.map(alert => alert.person))) {
            const own = answers.filter((_, i) => alerts[i]!.person === person);
            expect(new Set(own.map(answer => answer.body.incidentId)).size).toBe(1);
            expect(own.filter(answer => !answer.body.joined).length).toBeLessThanOrEqual(1);
            const expected = alerts.some(alert => alert.person === person && alert.risk === 'extraHigh')
              ? 'extraHigh'
              : 'low';
            expect((await incident(own[0]!.body.incidentId)).risk).toBe(expected);
          }
        },
      ),
      { numRuns: 6 },
    );
    const { rows } = await app.database.db.execute<{ count: number }>(
      sql`select count(*)::int as count from incident where state = 'open' group by subject_id having count(*) > 1`,
    );
    expect(rows).toEqual([]);
  });
});

describe('phone numbers', () => {
  const digits = fc.stringMatching(/^1[3-9]\d{9}$/);
  const separators = fc.array(fc.constantFrom('', ' ', '-'), { minLength: 11, maxLength: 11 });
  it('are one number however they are written', () => {
    fc.assert(
      fc.property(
        digits,
        separators,
        fc.constantFrom('', '+86', '+86 ', '0086', '86'),
        (number, gaps, prefix) => {
          const written =
            prefix +
            Array.from(number)
              .map((digit, i) => digit + (i < 10 ? gaps[i]! : ''))
              .join('');
          expect(normalisePhone(written)).toBe(number);
        },
      ),
    );
  });
  it.each([
    ['0871-6779 1110', '087167791110'],
    ['+852 2345 6789', '+85223456789'],
    ['8612345', '8612345'],
  ])('%s is kept as %s', (written, kept) => expect(normalisePhone(written)).toBe(kept));
});
