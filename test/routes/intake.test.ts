import { afterEach, expect, it } from 'vitest';
import type { IntakeProblem } from '#contract/intake.ts';
import { writeWorkbook } from '../../server/region/layer/xlsx.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { gbk } from '../builders/gbk.ts';

const header = [
  '预警编号',
  '来源',
  '接收时间',
  '风险等级',
  '诈骗类型',
  '姓名',
  '电话',
  '住址',
  '银行',
  '账号',
  '涉案金额',
  '备注',
];
const rows = [
  [
    'Y-1',
    '省级平台',
    '2026-11-22 09:35',
    '特高危',
    '冒充公检法',
    '赵小兰',
    '13800000001',
    '茶口镇',
    '农业银行',
    '6222020111122220001',
    '18万',
    '拒接电话',
  ],
  [
    'Y-2',
    '省级平台',
    '2026/11/22 9:40:05',
    '高危',
    '刷单返利',
    '钱大勇',
    '138 0000 0002',
    '',
    '',
    '',
    '',
    '',
  ],
  ['', '', '', '中危', '虚假投资理财', '孙一', '13800000003', '', '', '', '5,000.50', ''],
  ['Y-4', '省级平台', '昨天', '很高', '', '李四', '电话不详', '', '', '', '若干', ''],
  ['Y-5', '省级平台', '', '低', '', '赵小兰', '+86 13800000001', '', '', '', '', ''],
];
const csv = (lines: string[][]) =>
  lines
    .map(cells =>
      cells.map(cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','),
    )
    .join('\r\n');

describeEachDatabase('tables of alerts', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const fresh = async () => {
    app = await testApp(await makeDatabase());
  };
  const send = async (
    path: string,
    bytes: Uint8Array | string,
    headers: Record<string, string> = app.credentials('operator'),
  ) => {
    const response = await app.app.request(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
    });
    // What a test looks into is in its assertions.
    // oxlint-disable-next-line typescript/no-explicit-any
    return { status: response.status, body: (await response.json()) as any };
  };
  const counts = async () => {
    const { rows: found } = await app.database.pool.query(
      'select (select count(*)::int from alert) as alerts, (select count(*)::int from incident) as incidents, (select count(*)::int from domain_event) as facts',
    );
    return found[0] as { alerts: number; incidents: number; facts: number };
  };

  it('a preview says what was understood, what is wrong and whom each row joins, and writes nothing', async () => {
    await fresh();
    await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone: '13800000002' }));
    const before = await counts();
    const { status, body } = await send('/api/alerts/preview', csv([[...header, '操作员'], ...rows]));
    expect(status).toBe(200);
    expect(await counts()).toEqual(before);
    expect(body.rows).toBe(5);
    expect(body.ignored).toEqual(['操作员']);
    expect(body.problems.map(({ row, column, code }: IntakeProblem) => [row, column, code])).toEqual([
      [5, 'receivedAt', 'notTime'],
      [5, 'risk', 'notRisk'],
      [5, 'amount', 'notAmount'],
    ]);
    const [first, second, third, last] = body.alerts;
    expect(first).toMatchObject({
      row: 2,
      receivedAt: '2026-11-22T01:35:00.000Z',
      risk: 'extraHigh',
      scamType: 'fakePolice',
      nameMasked: '赵**',
      phoneMasked: '138****0001',
      amount: 180_000,
      repeated: false,
      joins: null,
      joinsRow: null,
    });
    expect(second).toMatchObject({ joins: { number: 1 }, receivedAt: '2026-11-22T01:40:05.000Z' });
    expect(third).toMatchObject({ amount: 5000.5, source: '表格导入', scamType: 'investment' });
    expect(last).toMatchObject({ row: 6, joinsRow: 2, risk: 'low', scamType: 'other' });
    expect(JSON.stringify(body)).not.toMatch(/赵小兰|13800000001|6222020111122220001/);
  });

  it.each([
    ['CSV in UTF-8 with a BOM', () => `\uFEFF${csv([header, ...rows])}`],
    ['CSV in GBK', () => gbk(csv([header, ...rows]))],
    ['a workbook', () => writeWorkbook([{ name: '预警', rows: [header, ...rows], widths: [] }])],
  ])(
    '%s: each good row is taken in, the bad one is told by its number, and again it changes nothing',
    async (_, file) => {
      await fresh();
      const first = await send('/api/alerts/import', file());
      expect(first.body).toMatchObject({ rows: 5, taken: 4, joined: 1, repeated: 0 });
      expect(new Set(first.body.problems.map(({ row }: { row: number }) => row))).toEqual(new Set([5]));
      const after = await counts();
      expect(after).toMatchObject({ alerts: 4, incidents: 3 });
      const again = await send('/api/alerts/import', file());
      expect(again.body).toMatchObject({ rows: 5, taken: 0, joined: 0, repeated: 4 });
      expect(await counts()).toEqual(after);
      const { rows: known } = await app.database.pool.query(
        `select p.address, (select number from account_private limit 1) as account from subject_private p where phone = '13800000001'`,
      );
      expect(known[0]).toEqual({ address: '茶口镇', account: '6222020111122220001' });
    },
  );

  it('a gateway hands tables in by its token; nobody else who may take no alerts does', async () => {
    await fresh();
    const gateway = await app.as('admin')('POST', '/api/devices', {
      protocol: 'gateway',
      identifier: 'platform',
      crs: 'wgs84',
    });
    const bearer = { authorization: `Bearer ${gateway.body.token}` };
    const taken = await send('/feeds/alerts.csv?source=省级平台', csv([header, ...rows]), bearer);
    expect(taken.body).toMatchObject({ taken: 4 });
    const book = writeWorkbook([{ name: 'a', rows: [header, rows[0]!], widths: [] }]);
    expect((await send('/feeds/alerts.xlsx', book, bearer)).body).toMatchObject({ repeated: 1 });
    expect((await send('/feeds/alerts.csv', 'x', app.credentials('station'))).status).toBe(403);
    expect((await send('/feeds/alerts.csv', 'x', {})).status).toBe(401);
    const asked = await app.app.request('/api/subjects/known', {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '13800000001' }),
    });
    expect(asked.status).toBe(403);
    // Nobody could approve what a gateway asked for.
    const { rows: requests } = await app.database.pool.query('select distinct state from trace_request');
    expect(requests).toEqual([{ state: 'prepared' }]);
  });

  it('the same number with another content is told as a conflict of its row, and the others are taken in', async () => {
    await fresh();
    await send('/api/alerts/import', csv([header, rows[0]!]));
    const other = rows[0]!.with(5, '赵大兰');
    const { body } = await send('/api/alerts/import', csv([header, other, rows[1]!]));
    expect(body).toMatchObject({ taken: 1, repeated: 0 });
    expect(body.problems).toEqual([
      expect.objectContaining({ row: 2, column: 'externalId', code: 'refused' }),
    ]);
  });

  it('what is no table of alerts is refused with what was expected', async () => {
    await fresh();
    for (const bytes of [
      '',
      '\n\n',
      'a,b\n1,2',
      '{"type":"Topology"}',
      new Uint8Array([0x50, 0x4b, 3, 4, 1]),
    ]) {
      const refused = await send('/api/alerts/preview', bytes);
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toMatch(/expected/);
    }
    const long = csv([header, ...Array.from({ length: 2001 }, () => rows[0]!)]);
    expect((await send('/api/alerts/import', long)).status).toBe(413);
    expect(await counts()).toMatchObject({ alerts: 0 });
  });

  it('a known number shows what was before, masked, and an incident its person’s others, each within reach', async () => {
    await fresh();
    const operator = app.as('operator');
    const known = (phone: string) => operator('POST', '/api/subjects/known', { phone });
    expect((await known('13800000001')).body).toEqual({ nameMasked: null, items: [] });
    const take = async (home: object) =>
      (await app.as('leader')('POST', '/api/alerts', alertBody({}, { home }))).body.incidentId as string;
    const first = await take(inWest);
    await app.as('leader')('POST', `/api/incidents/${first}/close`, { outcome: 'met' });
    app.clock.advance(3_600_000);
    const second = await take(inEast);
    const { body } = await known('+86 138-0000-0001');
    expect(body.nameMasked).toBe('赵**');
    expect(body.items.map(({ incidentId }: { incidentId: string }) => incidentId)).toEqual([second, first]);
    const history = (role: Parameters<TestApp['as']>[0]) =>
      app.as(role)('GET', `/api/incidents/${second}/history`);
    expect((await history('operator')).body.items).toEqual([
      expect.objectContaining({ incidentId: first, outcome: 'met', number: 1, lossAmount: null }),
    ]);
    expect((await history('wall')).body.items).toEqual([]);
    // The first one was the western station's: the eastern one hears nothing of it.
    expect((await history('station')).body.items).toEqual([]);
    expect((await app.as('station')('GET', `/api/incidents/${first}/history`)).status).toBe(404);
  });
});
