import { afterEach, expect, it } from 'vitest';
import { glassMs, glassReviewMs } from '#contract/break-glass.ts';
import { alertBody, fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const reason = '当事人正在转账，来不及报批';

describeEachDatabase('S7 break-glass', makeDatabase => {
  let app: TestApp;
  const start = async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = (await app.as('leader')('POST', '/api/alerts', alertBody())).body;
    return incidentId as string;
  };
  afterEach(() => app.close());
  const open = (incidentId: string) =>
    app.as('leader')('POST', `/api/incidents/${incidentId}/break-glass`, { reason });
  const look = (incidentId: string, as = app.as('leader')) =>
    as('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);

  it('opens the trace to the leader at once, for half an hour, with a reason, and puts him on the incident', async () => {
    const incidentId = await start();
    expect((await look(incidentId)).status).toBe(403);
    const short = await app.as('leader')('POST', `/api/incidents/${incidentId}/break-glass`, {
      reason: '急',
    });
    expect(short.status).toBe(400);
    const opened = await open(incidentId);
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      expiresAt: fromNow(app.clock, glassMs),
      reviewDueAt: fromNow(app.clock, glassReviewMs),
    });
    expect((await look(incidentId)).status).toBe(200);
    expect((await open(incidentId)).status).toBe(409);
    app.clock.advance(glassMs - 1);
    expect((await look(incidentId)).status).toBe(200);
    app.clock.advance(1);
    expect((await look(incidentId)).body.error.details).toEqual({ missing: ['authority'] });
    const { rows } = await app.database.pool.query(
      `select action, reason from audit_entry where action in ('glass.break', 'trace.read') order by seq`,
    );
    expect(rows.map(row => row.action)).toEqual(['glass.break', 'trace.read', 'trace.read']);
    expect(rows[0].reason).toBe(reason);
  });

  it('is the duty leader’s alone: no other role breaks it, and it opens the trace to nobody else', async () => {
    const incidentId = await start();
    for (const role of [
      'operator',
      'trace',
      'station',
      'field',
      'analyst',
      'auditor',
      'admin',
      'wall',
    ] as const) {
      const answer = await app.as(role)('POST', `/api/incidents/${incidentId}/break-glass`, { reason });
      expect(answer.status, role).toBe(403);
    }
    for (const userId of ['trace', 'operator'])
      await app.as('leader')('POST', `/api/incidents/${incidentId}/members`, { userId });
    const { authorityId } = (await open(incidentId)).body;
    for (const role of ['trace', 'operator'] as const)
      expect((await look(incidentId, app.as(role))).body.error.details).toEqual({ missing: ['authority'] });
    const second = await app.asUser('leader2', 'leader');
    expect((await second('POST', `/api/authorities/${authorityId}/approve`)).status).toBe(409);
    expect((await second('POST', `/api/authorities/${authorityId}/revoke`)).status).toBe(200);
    expect((await look(incidentId)).status).toBe(403);
  });

  it('needs an open incident, and is not for whoever has an authority', async () => {
    const incidentId = await start();
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    expect((await open(incidentId)).body.error.code).toBe('alreadyClosed');
    const { incidentId: granted } = await openTrace(app, ['leader']);
    expect((await open(granted)).status).toBe(409);
  });

  it('ends with the incident', async () => {
    const incidentId = await start();
    await open(incidentId);
    await app.as('operator')('POST', `/api/incidents/${incidentId}/members`, { userId: 'operator' });
    await app.as('operator')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    expect((await look(incidentId)).body.error.details).toEqual({ missing: ['openIncident'] });
  });

  it('every leader’s world hears of it, with when its review is due', async () => {
    const incidentId = await start();
    const { authorityId, reviewDueAt } = (await open(incidentId)).body;
    await app.settled();
    const { authorities } = app.deps.live.world().incidents[incidentId]!;
    expect(authorities[authorityId]).toMatchObject({
      requestedBy: 'leader',
      approvedBy: null,
      breakGlass: { reviewDueAt, verdict: null },
    });
  });

  it('is reviewed once by another leader or an auditor, who reads nothing of the person', async () => {
    const incidentId = await start();
    const { authorityId } = (await open(incidentId)).body;
    await app.as('leader')('POST', `/api/incidents/${incidentId}/looks`, undefined, reasonHeader);
    const auditor = app.as('auditor');
    const due = await auditor('GET', '/api/break-glass?state=due');
    expect(due.body.items).toEqual([
      expect.objectContaining({ authorityId, openedByName: '名 leader', reason, looks: 1, verdict: null }),
    ]);
    expect(JSON.stringify(due.body)).not.toMatch(/赵|138/);
    const verdict = { verdict: 'justified', note: '当时确实来不及' };
    const path = `/api/break-glass/${authorityId}/review`;
    const own = await app.as('leader')('POST', path, verdict);
    expect(own.status).toBe(403);
    expect(own.body.error.details).toEqual({ rule: 'fourEyes' });
    for (const role of ['operator', 'trace', 'station', 'admin'] as const) {
      expect((await app.as(role)('POST', path, verdict)).status, role).toBe(403);
      expect((await app.as(role)('GET', '/api/break-glass')).status, role).toBe(403);
    }
    expect((await auditor('POST', '/api/break-glass/aut_nothing/review', verdict)).status).toBe(404);
    expect((await auditor('POST', path, { verdict: 'justified' })).status).toBe(400);
    // Late, yet taken.
    app.clock.advance(glassReviewMs + 1);
    const nextDay = await app.asUser('auditor2', 'auditor');
    expect((await nextDay('POST', path, verdict)).status).toBe(200);
    expect((await nextDay('POST', path, verdict)).status).toBe(409);
    const again = await app.asUser('leader2', 'leader');
    const all = (await again('GET', '/api/break-glass')).body.items;
    expect(all).toEqual([expect.objectContaining({ ...verdict, reviewedByName: '名 auditor2' })]);
    expect((await again('GET', '/api/break-glass?state=due')).body.items).toEqual([]);
    await app.settled();
    const { authorities } = app.deps.live.world().incidents[incidentId]!;
    expect(authorities[authorityId]!.breakGlass).toMatchObject({ verdict: 'justified' });
  });
});
