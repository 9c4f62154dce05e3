import { afterEach, describe, expect, it } from 'vitest';
import { weekOf } from '#contract/audit.ts';
import { maskNumbers, withoutSubject } from '../../server/auth/masking.ts';
import { csvHead } from '../../server/services/export/csv.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { alertBody, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const hourMs = 3_600_000;
const day = '2026-11-22';

describeEachDatabase('S4 the audit read', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testApp(await makeDatabase()));
  const audit = async (query: Record<string, string> = {}) =>
    (await app.as('auditor')('GET', `/api/audit?${new URLSearchParams(query)}`)).body;
  const lastAct = async () =>
    (await app.database.pool.query('select * from audit_entry order by seq desc limit 1')).rows[0];

  it('tells who looked at whom, on what authority and why, and names no subject', async () => {
    await start();
    const { incidentId, authorityId } = await openTrace(app);
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    const { items } = await audit({ looks: 'true' });
    expect(items).toEqual([
      {
        seq: expect.any(Number),
        at: new Date(app.clock.now()).toISOString(),
        actor: 'user:trace',
        person: { id: 'trace', name: '名 trace', role: 'trace' },
        action: 'trace.read',
        resource: incidentId,
        incident: { id: incidentId, day, number: 1 },
        authority: { id: authorityId, number: '刑查〔2026〕1号', legalBasis: '反电信网络诈骗法' },
        reason: '当事人失联，查找位置',
        detail: { authorityId, what: 'sightings' },
      },
    ]);
    expect(JSON.stringify(await audit())).not.toContain('赵');
  });

  it('filters by user, incident, act and time, page by page, each row once', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    app.clock.advance(hourMs / 2);
    const cut = new Date(app.clock.now()).toISOString();
    await app.as('leader')('GET', `/api/incidents/${incidentId}/subject`);
    await openTrace(app);
    const all = (await audit({ limit: '1000' })).items as { seq: number; actor: string; at: string }[];
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await audit({ limit: '3', to: cut, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ seq }: { seq: number }) => seq));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.filter(({ at }) => at < cut).map(({ seq }) => seq));
    expect((await audit({ from: cut, user: 'leader' })).items.length).toBe(
      all.filter(({ at, actor }) => at >= cut && actor === 'user:leader').length,
    );
    const byNumber = await audit({ incident: `${day}/1`, action: 'incident.readSubject' });
    expect(byNumber.items).toHaveLength(1);
    expect(byNumber.items[0]).toMatchObject({ incident: { id: incidentId }, person: { id: 'leader' } });
    const ask = app.as('auditor');
    expect((await ask('GET', `/api/audit?incident=${day}/99`)).status).toBe(404);
    expect((await ask('GET', '/api/audit?incident=nothing')).status).toBe(404);
    expect((await ask('GET', '/api/audit?cursor=x')).status).toBe(400);
  });

  it('reading it is audited, before anything is read', async () => {
    await start();
    await audit({ user: 'leader' });
    expect(await lastAct()).toMatchObject({
      action: 'audit.read',
      actor: 'user:auditor',
      detail: { user: 'leader' },
    });
    await app.database.pool.query('alter table audit_entry add constraint shut check (false) not valid');
    const refused = await app.as('auditor')('GET', '/api/audit');
    expect(refused.status).toBe(503);
    expect(refused.body.error.code).toBe('auditUnavailable');
    await app.database.pool.query('alter table audit_entry drop constraint shut');
  });

  it('gives everybody who looked at a person, over all of her incidents, refused ones too', async () => {
    await start();
    const { incidentId } = await openTrace(app, ['trace', 'analyst']);
    const trace = app.as('trace');
    await trace('POST', `/api/incidents/${incidentId}/looks`, undefined, reasonHeader);
    await trace('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    await app.as('operator')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    const { phone } = (await app.as('leader')('GET', `/api/incidents/${incidentId}/subject`)).body;
    app.clock.advance(hourMs / 4);
    const again = await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone }));
    await app.as('leader')('GET', `/api/incidents/${again.body.incidentId}/subject`);
    const { items, incidents } = (await app.as('auditor')('GET', `/api/audit/lookers?incident=${day}/1`))
      .body;
    expect(incidents).toHaveLength(2);
    const told = items.map(({ person, looks, refused }: Record<string, { id: string }>) => [
      person!.id,
      looks,
      refused,
    ]);
    expect(told).toEqual([
      ['leader', 2, 0],
      ['operator', 0, 1],
      ['trace', 2, 0],
    ]);
    expect(items[0].incidents).toHaveLength(2);
    expect(items[2].authorities).toEqual([expect.objectContaining({ number: '刑查〔2026〕1号' })]);
  });

  it('S12 what a reason says of the subject stays out of the audit', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    const why = '找赵小兰，电话13800000001，卡号 6222 0201 1112 222';
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, {
      'X-Access-Reason': encodeURIComponent(why),
    });
    const { items } = await audit({ looks: 'true' });
    expect(items[0].reason).toBe('找〔当事人〕，电话〔号码〕，卡号 〔号码〕');
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true });
  });
});

describeEachDatabase('S4 the weekly review', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testApp(await makeDatabase()));

  it('keeps findings with their numbers and what was made of them; both are audited', async () => {
    await start();
    const week = weekOf(app.clock.now());
    const leader = app.as('leader');
    const { incidentId } = await openTrace(app);
    const { phone } = (await leader('GET', `/api/incidents/${incidentId}/subject`)).body;
    await leader('POST', '/api/officers', {
      name: '名 trace',
      badgeNumber: '001',
      sworn: true,
      phone: `+86 ${phone}`,
      stationId: 'st-east',
    });
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    await app.as('operator')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    app.clock.advance(30 * hourMs);
    const auditor = await app.asUser('second', 'auditor');
    const ask = () => auditor('GET', `/api/audit/unusual?week=${week}`);
    const { body } = await ask();
    expect(body).toMatchObject({ week, looks: 2, people: 3, unmatched: 3 });
    const found = body.items.map(({ kind, person }: { kind: string; person: { id: string } }) => [
      kind,
      person.id,
    ]);
    expect(found.toSorted()).toEqual([
      ['colleague', 'leader'],
      ['colleague', 'trace'],
      ['noFollowUp', 'leader'],
      ['noFollowUp', 'trace'],
      ['refused', 'operator'],
    ]);
    const finding = body.items.find(({ kind }: { kind: string }) => kind === 'refused');
    expect(finding).toMatchObject({ numbers: { refusals: 1, notOnIncident: 1 }, state: 'open', note: null });
    const path = `/api/audit/unusual/${finding.id}/review`;
    expect((await auditor('POST', path, { state: 'explained', note: '' })).status).toBe(400);
    expect((await auditor('POST', path, { state: 'explained', note: '误点，已谈话' })).status).toBe(200);
    const again = (await ask()).body.items;
    expect(again).toHaveLength(body.items.length);
    expect(again.at(-1)).toMatchObject({
      id: finding.id,
      state: 'explained',
      note: '误点，已谈话',
      reviewedBy: '名 second',
    });
    const { rows } = await app.database.pool.query(
      `select detail from audit_entry where action = 'audit.review'`,
    );
    expect(rows).toEqual([{ detail: { state: 'explained', before: 'open' } }]);
    expect((await auditor('GET', '/api/audit/unusual?week=2026-W54')).status).toBe(400);
    expect(
      (await auditor('POST', '/api/audit/unusual/nothing/review', { state: 'open', note: '重新打开' }))
        .status,
    ).toBe(404);
  });

  it('knows from the roster who was off duty', async () => {
    await start();
    const leader = app.as('leader');
    const officer = await leader('POST', '/api/officers', {
      name: '名 trace',
      badgeNumber: '001',
      sworn: true,
    });
    expect(officer.status).toBe(201);
    const unit = await leader('POST', '/api/units', {
      callsign: '专班-1',
      kind: 'car',
      stationId: 'st-east',
      crew: { sworn: 1, auxiliary: 0 },
    });
    const at = (hours: number) => new Date(app.clock.now() + hours * hourMs).toISOString();
    const shift = await leader('POST', '/api/shifts', {
      unitId: unit.body.id,
      officerIds: [officer.body.officerId ?? officer.body.id],
      startsAt: at(3),
      endsAt: at(11),
    });
    expect(shift.status).toBe(201);
    const { incidentId } = await openTrace(app);
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader);
    const { body } = await app.as('auditor')('GET', `/api/audit/unusual?week=${weekOf(app.clock.now())}`);
    expect(body.unmatched).toBe(0);
    expect(body.items).toMatchObject([{ kind: 'offDuty', person: { id: 'trace' }, numbers: { offDuty: 1 } }]);
  });
});

describeEachDatabase('S9 exports', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testApp(await makeDatabase()));
  const exportsOf = async () =>
    (
      await app.database.pool.query(
        `select resource, incident_id, actor from audit_entry where action like '%.export'`,
      )
    ).rows;

  it('the audit as a table carries who, when and its audited number, in its head and in each row', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, {
      'X-Access-Reason': encodeURIComponent('=HYPERLINK("x"),找人要紧'),
    });
    const { status, headers, body } = await app.as('auditor')('POST', '/api/exports/audit', { looks: true });
    expect(status).toBe(200);
    const exportId = headers.get('x-export-id')!;
    expect(headers.get('content-disposition')).toContain(exportId);
    const lines = (body as string).split('\r\n');
    expect(lines[0]).toBe(
      `见面 Jianmian · 导出 ${exportId} · auditor (user:auditor) · ${new Date(app.clock.now()).toISOString()} · 内部资料，严禁外传`,
    );
    expect(csvHead({ exportId, user: 'u', at: '', incidentId: null }, ['a']).startsWith('\u{FEFF}')).toBe(
      true,
    );
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain(`"'=HYPERLINK(""x""),找人要紧"`);
    expect(lines[2]!.endsWith(exportId)).toBe(true);
    expect(await exportsOf()).toEqual([{ resource: exportId, incident_id: null, actor: 'user:auditor' }]);
    expect((await app.as('leader')('POST', '/api/exports/audit', {})).status).toBe(403);
  });

  it('an incident leaves under the conditions of a look, with masked numbers and its watermark', async () => {
    await start();
    const { incidentId } = await openTrace(app, ['analyst']);
    const path = `/api/exports/incidents/${incidentId}`;
    const report = {
      kind: 'report',
      observedAt: new Date(app.clock.now()).toISOString(),
      source: 'family',
      credibility: 1,
      position: { lng: 103.2, lat: 24.3 },
      text: '丈夫电话 138 1234 5678，身份证53012619900101888X',
    };
    await app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, report);
    const analyst = app.as('analyst');
    const refused = await analyst('POST', path, { format: 'geojson' });
    expect(refused.body.error).toMatchObject({ code: 'traceNotAllowed', details: { missing: ['reason'] } });
    expect((await app.as('trace')('POST', path, { format: 'csv' }, reasonHeader)).status).toBe(403);
    expect((await app.as('leader')('POST', path, { format: 'csv' }, reasonHeader)).status).toBe(403);
    const geo = await analyst('POST', path, { format: 'geojson' }, reasonHeader);
    expect(geo.status).toBe(200);
    const exportId = geo.headers.get('x-export-id');
    const collection = typeof geo.body === 'string' ? JSON.parse(geo.body) : geo.body;
    expect(collection.jianmian).toMatchObject({ exportId, incidentId, user: 'analyst (user:analyst)' });
    expect(collection.jianmian.subject.phoneMasked).toMatch(/^139\*{4}\d{4}$/);
    expect(collection.features[0]).toMatchObject({
      geometry: { type: 'Point', coordinates: [103.2, 24.3] },
      properties: { exportId, text: '丈夫电话 138****5678，身份证530****888X' },
    });
    const csv = await analyst('POST', path, { format: 'csv' }, reasonHeader);
    expect(csv.body).toContain('138****5678');
    expect(csv.body).not.toContain('1234');
    expect((await exportsOf()).map(({ resource, incident_id }) => [resource, incident_id])).toEqual([
      [exportId, incidentId],
      [csv.headers.get('x-export-id'), incidentId],
    ]);
    await app.database.pool.query('alter table audit_entry add constraint shut check (false) not valid');
    expect((await analyst('POST', path, { format: 'csv' }, reasonHeader)).status).toBe(503);
    await app.database.pool.query('alter table audit_entry drop constraint shut');
  });
});

describe('S12 masking of texts', () => {
  it.each([
    ['电话13800000001。', '电话138****0001。'],
    ['+86 138-0000-0001', '+86****0001'],
    ['身份证 53012619900101888X', '身份证 530****888X'],
    ['309号楼，2026年', '309号楼，2026年'],
  ])('%s → %s', (text, masked) => expect(maskNumbers(text)).toBe(masked));

  it('leaves names of one sign and empty ones alone', () => {
    const nobody = { name: '李', phone: '110', idNumber: null, address: '', vehicle: null };
    expect(withoutSubject('李家村的老李打110', [nobody])).toBe('李家村的老李打〔当事人〕');
  });
});
