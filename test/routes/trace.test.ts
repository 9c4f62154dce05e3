import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { alertBody, fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const combinations = Array.from({ length: 16 }, (_, bits) => ({
  open: (bits & 1) !== 0,
  member: (bits & 2) !== 0,
  authority: (bits & 4) !== 0,
  reason: (bits & 8) !== 0,
}));

describeEachDatabase('looking at a trace', makeDatabase => {
  let app: TestApp;
  const start = async () => (app = await testApp(await makeDatabase()));
  afterEach(() => app.close());
  const auditActions = async () => {
    const { rows } = await app.database.pool.query<{ action: string }>(
      'select action from audit_entry order by seq',
    );
    return rows.map(row => row.action);
  };
  const fix = () => ({
    kind: 'fix',
    observedAt: fromNow(app.clock, -60_000),
    source: 'carrier',
    position: { lng: 103.35, lat: 24.75 },
    accuracyM: 300,
  });

  it('S1 of the 16 combinations of open incident, membership, authority and reason exactly one opens it', async () => {
    await start();
    const statuses: number[] = [];
    for (const has of combinations) {
      const { incidentId, authorityId } = await openTrace(app, has.member ? ['analyst'] : []);
      expect((await app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, fix())).status).toBe(
        201,
      );
      if (!has.authority) await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
      if (!has.open) await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
      const headers = has.reason ? reasonHeader : {};
      const expected = [
        ...(has.open ? [] : ['openIncident']),
        ...(has.member ? [] : ['membership']),
        ...(has.authority ? [] : ['authority']),
        ...(has.reason ? [] : ['reason']),
      ];
      for (const [method, path] of [
        ['GET', 'sightings'],
        ['POST', 'looks'],
      ] as const) {
        const answer = await app.as('analyst')(
          method,
          `/api/incidents/${incidentId}/${path}`,
          undefined,
          headers,
        );
        statuses.push(answer.status);
        if (expected.length === 0) {
          expect(answer.status).toBe(200);
          expect(answer.body.items ?? answer.body.sightings).toHaveLength(1);
        } else {
          expect(answer.status).toBe(403);
          expect(answer.body.error).toMatchObject({
            code: 'traceNotAllowed',
            details: { missing: expected },
          });
          expect(JSON.stringify(answer.body)).not.toContain('103.35');
        }
      }
    }
    expect(statuses.filter(status => status === 200)).toHaveLength(2);
  });

  it('S1 an authority that is not approved, or has expired, is none', async () => {
    await start();
    const { body } = await app.as('operator')('POST', '/api/alerts', alertBody());
    await app.as('leader')('POST', `/api/incidents/${body.incidentId}/members`, { userId: 'trace' });
    const look = () =>
      app.as('trace')('GET', `/api/incidents/${body.incidentId}/sightings`, undefined, reasonHeader);
    const asked = await app.as('trace')('POST', `/api/incidents/${body.incidentId}/authorities`, {
      number: '1',
      legalBasis: '反诈法',
      reason: '查找当事人',
      expiresAt: fromNow(app.clock, 60_000),
    });
    expect((await look()).status).toBe(403);
    await app.as('leader')('POST', `/api/authorities/${asked.body.authorityId}/approve`);
    expect((await look()).status).toBe(200);
    app.clock.advance(60_000);
    expect((await look()).body.error.details).toEqual({ missing: ['authority'] });
  });

  it('S1 a reason is at least eight characters that say something', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    const cases = {
      '12345678': 200,
      short: 403,
      '%20%20%20%20%20%20%20%20%20': 403,
      'why not 100% sure': 200,
    };
    for (const [reason, status] of Object.entries(cases)) {
      const headers = { 'X-Access-Reason': reason };
      const answer = await app.as('trace')(
        'GET',
        `/api/incidents/${incidentId}/sightings`,
        undefined,
        headers,
      );
      expect(answer.status, reason).toBe(status);
    }
  });

  it('S1 the wall, the administrator and the auditor never get there', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    for (const role of ['wall', 'admin', 'auditor'] as const) {
      await app.database.maintain(tx =>
        tx.execute(sql`insert into incident_member values (${incidentId}, ${role}, 'test', now())`),
      );
      const answer = await app.as(role)(
        'GET',
        `/api/incidents/${incidentId}/sightings`,
        undefined,
        reasonHeader,
      );
      expect(answer.status).toBe(403);
    }
  });

  it('S3 each look and each refusal has its audit row, with the reason', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    const before = (await auditActions()).length;
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    await app.as('trace')('POST', `/api/incidents/${incidentId}/looks`, undefined, {
      ...reasonHeader,
      'Idempotency-Key': 'once',
    });
    await app.as('trace')('POST', `/api/incidents/${incidentId}/looks`, undefined, {
      ...reasonHeader,
      'Idempotency-Key': 'once',
    });
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`);
    expect((await auditActions()).slice(before)).toEqual([
      'trace.read',
      'trace.open',
      'trace.open',
      'trace.refuse',
    ]);
    const { rows } = await app.database.pool.query(
      "select actor, reason from audit_entry where action = 'trace.read'",
    );
    expect(rows).toEqual([{ actor: 'user:trace', reason: '当事人失联，查找位置' }]);
  });

  it('S3 no audit, no data: 503 and nothing else', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    await app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, fix());
    await app.database.maintain(tx => tx.execute(sql`revoke insert on audit_entry from jianmian_app`));
    try {
      for (const [method, path] of [
        ['GET', 'sightings'],
        ['POST', 'looks'],
        ['GET', 'subject'],
      ] as const) {
        const answer = await app.as('trace')(
          method,
          `/api/incidents/${incidentId}/${path}`,
          undefined,
          reasonHeader,
        );
        const expected = path === 'subject' ? [403, 503] : [503];
        expect(expected).toContain(answer.status);
        expect(JSON.stringify(answer.body)).not.toMatch(/103\.35|赵小兰/);
      }
      const subject = await app.as('leader')('GET', `/api/incidents/${incidentId}/subject`);
      expect(subject.status).toBe(503);
      expect(subject.body.error.code).toBe('auditUnavailable');
      // A change that cannot be audited does not happen either.
      const close = await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
      expect(close.status).toBe(503);
      expect((await app.as('leader')('GET', `/api/incidents/${incidentId}`)).body.state).toBe('open');
    } finally {
      await app.database.maintain(tx => tx.execute(sql`grant insert on audit_entry to jianmian_app`));
    }
  });

  it('S2 closing or revoking ends looks at once', async () => {
    await start();
    const { incidentId, authorityId } = await openTrace(app);
    const look = () =>
      app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    expect((await look()).status).toBe(200);
    await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
    expect((await look()).body.error.details).toEqual({ missing: ['authority'] });
  });

  it('tells the streams of an opened look, after its commit', async () => {
    await start();
    const { incidentId, authorityId } = await openTrace(app);
    const heard: unknown[] = [];
    app.deps.bus.subscribe('lookOpened', message => heard.push(message));
    await app.as('trace')('POST', `/api/incidents/${incidentId}/looks`, undefined, reasonHeader);
    expect(heard).toEqual([{ topic: 'lookOpened', sessionId: 'ses-trace', incidentId, authorityId }]);
    const { rows } = await app.database.pool.query(
      'select session_id, user_id, authority_id from trace_look',
    );
    expect(rows).toEqual([{ session_id: 'ses-trace', user_id: 'trace', authority_id: authorityId }]);
  });
});
