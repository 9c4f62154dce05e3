import { afterEach, expect, it } from 'vitest';
import { weekOf } from '#contract/audit.ts';
import type { StopList } from '#contract/stop-payment.ts';
import { writeWorkbook } from '../../server/region/layer/xlsx.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const agricultural = { bank: '农行石林支行', number: '6228480866600011116', amount: 50_000 };
const construction = { bank: '建设银行', number: '6217003860001234567', amount: 30_000.5 };

describeEachDatabase('stop-payments', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  async function start(accounts: object[] = [agricultural, construction]): Promise<string> {
    app = await testApp(await makeDatabase());
    const { body } = await app.as('operator')('POST', '/api/alerts', alertBody({ accounts }));
    return body.incidentId as string;
  }
  const ask = (incidentId: string, body: object, as: 'operator' | 'trace' = 'operator') =>
    app.as(as)('POST', `/api/incidents/${incidentId}/stop-payments`, body);
  const answer = (stopId: string, verb: string, body: object) =>
    app.as('operator')('POST', `/api/stop-payments/${stopId}/${verb}`, body);
  /** Accounts of one alert come in at one instant, so in no order. */
  const listOf = async (incidentId: string) => {
    const { body } = await app.as('operator')('GET', `/api/incidents/${incidentId}/stop-payments`);
    const { items, accounts, totals } = body as StopList;
    const byAccount = (a: { lastFour: string | null }, b: { lastFour: string | null }) =>
      (a.lastFour ?? '').localeCompare(b.lastFour ?? '');
    return { items: items.toSorted(byAccount), accounts: accounts.toSorted(byAccount), totals };
  };
  const loopOf = async (incidentId: string) => {
    await app.settled();
    return app.deps.live.world().incidents[incidentId]!.loop;
  };
  const clockOf = async (incidentId: string) =>
    Object.values((await loopOf(incidentId)).clocks).find(({ kind }) => kind === 'stopPayment');

  it('one key asks for all known accounts in one transaction; each is answered, and the clock stops with the last', async () => {
    const incidentId = await start();
    const before = await listOf(incidentId);
    expect(before).toMatchObject({
      items: [],
      accounts: [
        {
          bank: '农行石林支行',
          lastFour: '1116',
          amount: 50_000,
          stopId: null,
          requestable: true,
          inAll: true,
        },
        { bank: '建设银行', lastFour: '4567', number: { phone: '95533', listed: false } },
      ],
      totals: { asked: 0, held: 0, refused: 0, waiting: 0 },
    });
    const path = `/api/incidents/${incidentId}/stop-payments/all`;
    const all = await app.as('trace')('POST', path);
    expect(all).toMatchObject({ status: 201, body: { stopIds: [expect.any(String), expect.any(String)] } });
    const facts = await app.database.pool.query(
      `select count(*)::int as n, count(distinct received_at)::int as instants from domain_event where kind = 'stopRequested'`,
    );
    expect(facts.rows[0]).toEqual({ n: 2, instants: 1 });
    expect((await app.as('operator')('POST', path)).body.error).toMatchObject({ code: 'conflict' });
    expect((await clockOf(incidentId))?.stoppedAt).toBeNull();

    const [first, second] = (await listOf(incidentId)).items.map(({ id }) => id) as [string, string];
    app.clock.advance(4 * 60_000);
    const held = await answer(first, 'confirm', { amountHeld: 48_000, at: fromNow(app.clock, -60_000) });
    expect(held).toMatchObject({ status: 200, body: { stopId: first, seq: expect.any(Number) } });
    expect((await clockOf(incidentId))?.stoppedAt).toBeNull();
    await answer(second, 'refuse', { note: '账户已销户' });
    expect(await clockOf(incidentId)).toMatchObject({ outcome: 'met', stoppedAt: expect.any(String) });
    const after = await listOf(incidentId);
    expect(after.totals).toEqual({ asked: 80_000.5, held: 48_000, refused: 32_000.5 - 2000, waiting: 0 });
    expect(after.items).toMatchObject([
      {
        id: first,
        state: 'confirmed',
        amountHeld: 48_000,
        requestedBy: '名 trace',
        answeredBy: '名 operator',
      },
      { id: second, state: 'refused', amountHeld: null, note: '账户已销户' },
    ]);
    expect((await loopOf(incidentId)).stops[first]).toMatchObject({
      bank: '农行石林支行',
      state: 'confirmed',
      amountHeld: 48_000,
      changedAt: fromNow(app.clock, -60_000),
    });
    // What was refused is asked for again only by itself.
    expect(after.accounts[1]).toMatchObject({ requestable: true, inAll: false });
    expect((await app.as('operator')('POST', path)).status).toBe(409);
  });

  it('an account is asked for once at a time, by its id or its number; a new number joins the vault', async () => {
    const incidentId = await start([agricultural]);
    const [known] = (await listOf(incidentId)).accounts;
    const first = await ask(incidentId, { account: known!.accountId }, 'trace');
    expect(first.status).toBe(201);
    const again = await ask(incidentId, { account: '6228 4808 6660 0011 116' });
    expect(again).toMatchObject({ status: 409, body: { error: { details: { stopId: first.body.stopId } } } });
    const both = await Promise.all(
      [1, 2].map(() => ask(incidentId, { account: '6230-5200-0000-1234', bank: '富滇银行', amount: 900.5 })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const { accounts, items } = await listOf(incidentId);
    expect(accounts).toHaveLength(2);
    expect(items.find(({ lastFour }) => lastFour === '1234')).toMatchObject({
      bank: '富滇银行',
      amount: 900.5,
      number: null,
    });
    expect(items[0]!.amount).toBe(50_000);
    for (const account of ['acc_of_somebody_else', '没有号码', '12 3'])
      expect((await ask(incidentId, { account })).body.error.code).toBe('invalidBody');
    for (const amount of [0, -1, 1.001, 1e12])
      expect((await ask(incidentId, { account: '6230520000009999', amount })).body.error.code).toBe(
        'invalidBody',
      );
    const withdrawn = await answer(first.body.stopId, 'withdraw', { reason: '账号有误' });
    expect(withdrawn.status).toBe(200);
    expect((await ask(incidentId, { account: known!.accountId })).status).toBe(201);
  });

  it('what a bank was noted to hold is put right: the last word counts, the first stays with its reason, a published week is restated', async () => {
    const incidentId = await start([agricultural]);
    const asked = await app.as('operator')('POST', `/api/incidents/${incidentId}/stop-payments/all`);
    const [stopId] = asked.body.stopIds as [string];
    const correct = (amountHeld: number, reason = '银行来电更正：漏写一位') =>
      answer(stopId, 'correct', { amountHeld, reason });
    expect((await correct(40_000)).status).toBe(409);
    await answer(stopId, 'confirm', { amountHeld: 4000 });
    expect((await correct(60_000)).body.error).toMatchObject({
      code: 'invalidBody',
      message: expect.stringMatching(/amountHeld.*at most the 50000 yuan/),
    });
    expect((await correct(4000)).status).toBe(409);
    expect((await answer(stopId, 'correct', { amountHeld: 40_000 })).status).toBe(400);
    expect(
      (
        await app.as('station')('POST', `/api/stop-payments/${stopId}/correct`, {
          amountHeld: 1,
          reason: '试试看',
        })
      ).status,
    ).toBe(403);
    const firstKnown = fromNow(app.clock, 0);
    app.clock.advance(8 * 24 * 3_600_000);
    const leader = await app.asUser('leader-c', 'leader');
    const later = await leader('POST', `/api/stop-payments/${stopId}/correct`, {
      amountHeld: 40_000,
      reason: '银行来电更正：漏写一位',
    });
    expect(later.status).toBe(200);
    const { body } = await leader('GET', `/api/incidents/${incidentId}/stop-payments`);
    expect(body).toMatchObject({ totals: { held: 40_000 } });
    expect((body as StopList).items[0]).toMatchObject({
      amountHeld: 40_000,
      corrections: [{ before: 4000, by: '名 leader-c', reason: '银行来电更正：漏写一位' }],
    });
    expect((await loopOf(incidentId)).stops[stopId]).toMatchObject({
      amountHeld: 40_000,
      corrections: [{ before: 4000 }],
    });
    const week = weekOf(Date.parse(firstKnown));
    const bulletin = async (asOf = '') =>
      (await leader('GET', `/api/reports/weekly?week=${week}${asOf}`)).body as {
        total: { figures: { heldAmount: number } };
        revisions: { total: boolean; figure: string; before: number; after: number }[];
      };
    const now = await bulletin();
    expect(now.total.figures.heldAmount).toBe(40_000);
    expect(now.revisions.filter(({ total, figure }) => total && figure === 'heldAmount')).toMatchObject([
      { before: 4000, after: 40_000 },
    ]);
    expect((await bulletin(`&asOf=${firstKnown}`)).total.figures.heldAmount).toBe(4000);
    const { rows } = await app.database.pool.query<{ said: string }>(
      `select payload::text as said from domain_event union all select detail::text || coalesce(reason, '') from audit_entry`,
    );
    expect(rows.map(({ said }) => said).join()).not.toContain('漏写一位');
  });

  it('an answer is checked, comes once, and also after the incident was closed', async () => {
    const incidentId = await start([agricultural]);
    app.clock.advance(30_000);
    const asked = await app.as('operator')('POST', `/api/incidents/${incidentId}/stop-payments/all`);
    const [stopId] = asked.body.stopIds as [string];
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    expect((await ask(incidentId, { account: '6230520000001234' })).body.error.code).toBe('alreadyClosed');
    const wrong = async (verb: string, body: object) => (await answer(stopId, verb, body)).body.error;
    expect(await wrong('confirm', {})).toMatchObject({
      code: 'invalidBody',
      details: [{ path: 'amountHeld' }],
    });
    expect((await wrong('confirm', { amountHeld: 50_000.01 })).message).toContain('at most the 50000 yuan');
    expect(await wrong('refuse', { amountHeld: 5 })).toMatchObject({ details: [{ path: 'amountHeld' }] });
    const early = { amountHeld: 1, at: fromNow(app.clock, -120_000) };
    expect(await wrong('confirm', early)).toMatchObject({ details: [{ path: 'at' }] });
    const late = { amountHeld: 1, at: fromNow(app.clock, 120_000) };
    expect(await wrong('confirm', late)).toMatchObject({ details: [{ path: 'at' }] });
    expect((await answer(stopId, 'confirm', { amountHeld: 0 })).status).toBe(200);
    for (const [verb, body] of [
      ['confirm', { amountHeld: 1 }],
      ['refuse', {}],
      ['withdraw', { reason: '不再需要' }],
    ] as const)
      expect((await answer(stopId, verb, body)).body.error).toMatchObject({
        code: 'conflict',
        details: { state: 'confirmed', expected: ['requested'] },
      });
    expect((await answer('stp_none', 'confirm', { amountHeld: 1 })).status).toBe(404);
    for (const role of ['station', 'field', 'analyst', 'wall', 'admin'] as const)
      expect((await app.as(role)('POST', `/api/stop-payments/${stopId}/refuse`, {})).status, role).toBe(403);
  });

  it('the letter has the account in full and each reading is audited; facts, audit, log and lists have it nowhere', async () => {
    const number = '6228480866600011116';
    const incidentId = await start([{ bank: `农行 ${number}`, number, amount: 50_000 }]);
    const { body } = await app.as('operator')('POST', `/api/incidents/${incidentId}/stop-payments/all`);
    const [stopId] = body.stopIds as [string];
    const path = `/api/stop-payments/${stopId}/letter`;
    expect((await app.as('station')('GET', path)).status).toBe(403);
    const letter = await app.as('trace')('GET', path);
    expect(letter.body).toMatchObject({
      number: expect.stringMatching(/^反诈止〔\d{4}〕\d{4}第1-1号$/),
      bank: '农行',
      account: number,
      holder: '赵小兰',
      amount: 50_000,
      requestedBy: '名 operator',
    });
    const audited = await app.database.pool.query(
      `select actor, resource, incident_id from audit_entry where action = 'stop.readLetter'`,
    );
    expect(audited.rows).toEqual([{ actor: 'user:trace', resource: stopId, incident_id: incidentId }]);
    await answer(stopId, 'confirm', { amountHeld: 1, note: `账号 ${number} 已止付` });
    const { rows } = await app.database.pool.query(
      `select coalesce(string_agg(t, ' '), '') as text from (
         select payload::text as t from domain_event union all select detail::text || resource from audit_entry
         union all select response::text from idempotency_key union all select bank from stop_payment) x`,
    );
    const everything = [rows[0].text, ...app.logLines, JSON.stringify((await listOf(incidentId)).accounts)];
    expect(everything.join('\n')).not.toContain(number);
    expect(everything.join('\n')).not.toContain('6228480');
    // Once the vault is erased there is no letter, and no word about her is written down any more.
    await app.database.pool.query(`delete from account_private`);
    expect((await app.as('trace')('GET', path)).status).toBe(404);
    expect((await listOf(incidentId)).items[0]).toMatchObject({
      accountId: null,
      lastFour: null,
      amountHeld: 1,
    });
  });

  it('a leader keeps the directory of banks; a number is found however the bank is written', async () => {
    const incidentId = await start();
    const leader = app.as('leader');
    const entry = { bank: '农行', branch: '', phone: '0871-67796123', hours: '24小时' };
    expect((await app.as('operator')('POST', '/api/banks', entry)).status).toBe(403);
    expect((await app.as('station')('GET', '/api/banks')).status).toBe(403);
    const added = await leader('POST', '/api/banks', entry);
    expect(added.status).toBe(201);
    expect((await leader('POST', '/api/banks', { ...entry, bank: '中国农业银行' })).status).toBe(409);
    const { bankId } = added.body;
    expect((await leader('PUT', `/api/banks/${bankId}`, { ...entry, phone: 'ruf an' })).status).toBe(400);
    const changed = { ...entry, branch: '石林支行', person: '值班经理' };
    expect((await app.as('admin')('PUT', `/api/banks/${bankId}`, changed)).status).toBe(200);
    expect((await app.as('trace')('GET', '/api/banks')).body.items).toEqual([
      { id: bankId, note: null, ...changed, bank: '中国农业银行' },
    ]);
    expect((await listOf(incidentId)).accounts[0]!.number).toMatchObject({
      phone: '0871-67796123',
      person: '值班经理',
      listed: true,
    });
    expect((await leader('DELETE', `/api/banks/${bankId}`)).status).toBe(200);
    expect((await leader('DELETE', `/api/banks/${bankId}`)).status).toBe(404);
    expect((await listOf(incidentId)).accounts[0]!.number).toMatchObject({ phone: '95599', listed: false });
  });

  it('a table of banks is taken over whole or not at all, as CSV in GBK or as a workbook', async () => {
    await start();
    const send = async (bytes: Uint8Array<ArrayBuffer>, preview = false) => {
      const response = await app.app.request(`/api/banks/import?preview=${preview}`, {
        method: 'POST',
        headers: { ...app.credentials('leader'), 'content-type': 'application/octet-stream' },
        body: bytes,
      });
      return { status: response.status, body: await response.json() };
    };
    const csv = (text: string) => new Uint8Array(Buffer.from(text));
    const table = csv('银行,网点,24小时电话\n农行,,0871-1111111\n建行,石林支行,0871-2222222\n');
    expect((await send(table, true)).body).toMatchObject({ rows: 2, problems: [], applied: false });
    expect((await app.as('leader')('GET', '/api/banks')).body.items).toEqual([]);
    expect((await send(table)).body).toMatchObject({
      applied: true,
      banks: [{ was: 'new' }, { was: 'new' }],
    });
    const wrong = csv('银行,电话\n工行,95588\n农业银行,没有\n工商银行,95588\n');
    expect((await send(wrong)).body).toMatchObject({
      applied: false,
      problems: [
        { row: 3, column: 'phone', code: 'notPhone' },
        { row: 4, code: 'twice' },
      ],
    });
    expect((await send(csv('甲,乙\n1,2\n'))).body.error.code).toBe('invalidBody');
    // 银行,电话 and 农行,95599 in GBK.
    const gbk = [0xd2, 0xf8, 0xd0, 0xd0, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a, 0xc5, 0xa9, 0xd0, 0xd0, 0x2c];
    const inGbk = new Uint8Array([...gbk, ...Buffer.from('95599\n')]);
    expect((await send(inGbk)).body).toMatchObject({ applied: true, banks: [{ was: 'changed' }] });
    const rows = [
      ['银行', '网点', '电话'],
      ['建行', '石林支行', '0871-2222222'],
    ];
    const book = new Uint8Array(writeWorkbook([{ name: '银行', rows, widths: [] }]));
    expect((await send(book)).body).toMatchObject({
      applied: true,
      banks: [{ bank: '中国建设银行', was: 'same' }],
    });
    const { items } = (await app.as('leader')('GET', '/api/banks')).body;
    expect(items.map(({ bank, phone }: { bank: string; phone: string }) => [bank, phone])).toEqual([
      ['中国农业银行', '95599'],
      ['中国建设银行', '0871-2222222'],
    ]);
  });
});
