/** The after-action report over HTTP: figures recounted, no trace in it, an export that the audit knows. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it, vi } from 'vitest';
import type { AfterAction } from '#contract/after-action.ts';
import { fromNow, openTrace, type TestApp, testApp } from '../builders/app.ts';
import { bank, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { paperText } from '../reports/readers.ts';

/** As the county's data call it. */
const bankName = '江源银行';
const secret = '他往车站去了不要外传';
// Many requests each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const car = { callsign: '鹿鸣-1', stationId: 'st-west', kind: 'car', crew: { sworn: 1, auxiliary: 2 } };

describeEachDatabase('GET /api/replay/{id}/report', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  async function workedCase(): Promise<string> {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const { incidentId } = await openTrace(app, ['trace', 'operator']);
    const path = `/api/incidents/${incidentId}`;
    const words = {
      kind: 'report',
      source: '家属',
      credibility: 1,
      text: secret,
      position: { lng: 103.31234, lat: 24.71234 },
    };
    const late = await app.as('trace')('POST', `${path}/sightings`, {
      ...words,
      observedAt: fromNow(app.clock, -7 * 60_000),
    });
    const { id: unitId } = (await leader('POST', '/api/units', car)).body as { id: string };
    await app.settled();
    app.clock.advance(60_000);
    const task = await leader('POST', `${path}/tasks`, { unitId, placeId: bank.id, method: 'driveBy' });
    expect(task.status).toBe(201);
    await app.as('leader')('POST', `/api/sightings/${late.body.sightingId}/withdraw`, {
      reason: '家属说错了',
    });
    const { token } = (
      await leader('POST', '/api/devices', { unitId, protocol: 'osmand', identifier: 'c', crs: 'wgs84' })
    ).body as { token: string };
    for (let i = 0; i < 3; i++) {
      app.clock.advance(20_000);
      const fix = [
        { unitId, observedAt: fromNow(app.clock, 0), lng: inWest.lng + i / 1000, lat: inWest.lat },
      ];
      await app.anonymous('POST', '/feeds/positions', fix, { authorization: `Bearer ${token}` });
    }
    app.clock.advance(20_000);
    await leader('POST', `${path}/close`, { outcome: 'met' });
    return incidentId;
  }

  it('says what the database says, and what was known when; on paper the same, under a number', async () => {
    const incidentId = await workedCase();
    const report = (await app.as('analyst')('GET', `/api/replay/${incidentId}/report`)).body as AfterAction;
    expect(report).toMatchObject({ incidentId, outcome: 'met', number: 1 });
    expect(report.known).toHaveLength(1);
    expect(report.known[0]).toMatchObject({ kind: 'report', delayS: 420 });
    expect(Date.parse(report.known[0]!.withdrawnAt!)).toBeGreaterThan(Date.parse(report.openedAt));
    expect(report.tasks).toHaveLength(1);
    expect(report.tasks[0]).toMatchObject({ callsign: car.callsign, place: bankName });
    const rows = await app.database.maintain(
      async tx =>
        (
          await tx.execute(
            sql`select kind, outcome from clock where incident_id = ${incidentId} order by started_at, id`,
          )
        ).rows as { kind: string; outcome: string }[],
    );
    expect(rows.length).toBeGreaterThan(2);
    const said = report.clocks.map(({ kind, outcome }) => `${kind} ${outcome}`);
    expect(new Set(said)).toEqual(new Set(rows.map(({ kind, outcome }) => `${kind} ${outcome}`)));
    expect(report.map!.tracks.map(({ callsign, points }) => [callsign, points.length])).toEqual([
      [car.callsign, 3],
    ]);

    const paper = await app.app.request(`/api/replay/${incidentId}/report?format=pdf`, {
      headers: app.credentials('analyst'),
    });
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    const text = paperText(new Uint8Array(await paper.arrayBuffer())).replaceAll(/\s/g, '');
    const exportId = paper.headers.get('X-Export-Id')!;
    for (const words of ['处置复盘报告', car.callsign, bankName, '7分钟', '撤回', exportId])
      expect(text).toContain(words);
    const audited = await app.database.maintain(
      async tx =>
        (
          await tx.execute(
            sql`select action, resource from audit_entry where incident_id = ${incidentId} and action like 'replay.%' order by seq`,
          )
        ).rows,
    );
    expect(audited).toEqual([
      { action: 'replay.report', resource: incidentId },
      { action: 'replay.reportExport', resource: exportId },
    ]);
    for (const told of [JSON.stringify(report), text])
      for (const canary of [secret, '103.31234', '24.71234']) expect(told).not.toContain(canary);
  });

  it('is for those who may replay, of what is in their reach', async () => {
    const incidentId = await workedCase();
    for (const [role, status] of [
      ['wall', 403],
      ['admin', 403],
      ['auditor', 403],
      ['field', 403],
      ['leader', 200],
    ] as const)
      expect((await app.as(role)('GET', `/api/replay/${incidentId}/report`)).status, role).toBe(status);
    expect((await app.as('analyst')('GET', '/api/replay/inc_none/report')).status).toBe(404);
    expect((await app.as('analyst')('GET', `/api/replay/${incidentId}/report?format=doc`)).status).toBe(400);
  });
});
