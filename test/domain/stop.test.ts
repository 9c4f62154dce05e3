import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StopState, stopStates } from '#contract/kinds.ts';
import { bankColumnOf, readBankRow } from '#domain/loop/bank-table.ts';
import { bankName, numberOf, withoutAccount } from '#domain/loop/banks.ts';
import { amountInCapitals, chineseDay, letterNumber } from '#domain/loop/stop-letter.ts';
import {
  answeredAtMs,
  answerProblem,
  type CountedStop,
  isOpenStop,
  isToAsk,
  stopStatesBefore,
  stopTotals,
} from '#domain/loop/stop.ts';

const moves = stopStates.filter(state => state !== 'requested');

describe('the machine of a stop-payment', () => {
  it('ends once, however often and whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 20 }), tries => {
        let state: StopState = 'requested';
        let moved = 0;
        for (const to of tries) {
          if (!stopStatesBefore(to).includes(state)) continue;
          state = to;
          moved++;
        }
        expect(moved).toBe(Math.min(tries.length, 1));
        expect(isOpenStop({ state })).toBe(moved === 0);
        expect(isToAsk(state)).toBe(state === 'withdrawn');
      }),
    );
  });
});

const minuteMs = 60_000;
const cents = fc.integer({ min: 0, max: 10_000_000 }).map(value => value / 100);

describe('an answer', () => {
  const requestedAtMs = Date.parse('2026-11-22T01:35:42Z');
  const asked = { amount: 5000, requestedAtMs };
  const nowMs = requestedAtMs + 10 * minuteMs;

  it('needs the amount when it is yes, has none when it is no, and holds no more than was asked', () => {
    const said = (to: 'confirmed' | 'refused', amountHeld?: number, amount: number | null = 5000) =>
      answerProblem({ ...asked, amount }, { to, amountHeld, atMs: nowMs }, nowMs)?.field ?? null;
    expect(said('confirmed')).toBe('amountHeld');
    expect(said('confirmed', 0)).toBeNull();
    expect(said('confirmed', 5000)).toBeNull();
    expect(said('confirmed', 5000.01)).toBe('amountHeld');
    expect(said('confirmed', 1e9, null)).toBeNull();
    expect(said('refused')).toBeNull();
    expect(said('refused', 0)).toBeNull();
    expect(said('refused', 1)).toBe('amountHeld');
  });

  it('came within the minutes from the request to now; the log never says a time outside of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -15 * minuteMs, max: 25 * minuteMs }), aheadMs => {
        const atMs = requestedAtMs + aheadMs;
        const problem = answerProblem(asked, { to: 'refused', amountHeld: undefined, atMs }, nowMs);
        const minute = (ms: number) => Math.floor(ms / minuteMs);
        const within = minute(atMs) >= minute(requestedAtMs) && minute(atMs) <= minute(nowMs);
        expect(problem?.field ?? null).toBe(within ? null : 'at');
        const logged = answeredAtMs(asked, atMs, nowMs);
        expect(logged).toBeGreaterThanOrEqual(requestedAtMs);
        expect(logged).toBeLessThanOrEqual(nowMs);
        if (within) expect(minute(logged)).toBe(minute(atMs));
      }),
    );
  });
});

describe('totals', () => {
  /** One request and its answer a account, as it mostly is. */
  const once = fc.array(
    fc.record({
      amount: cents,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      state: fc.constantFrom(...stopStates),
    }),
    { maxLength: 30 },
  );

  it('of accounts that were asked for once: what was asked is held, refused, still waiting, or kept from the holder', () => {
    fc.assert(
      fc.property(once, drawn => {
        const stops: CountedStop[] = drawn.map(({ amount, share, state }, i) => ({
          accountId: `acc_${i}`,
          state,
          amount,
          amountHeld: state === 'confirmed' ? Math.floor(amount * share * 100) / 100 : null,
        }));
        const sum = (state: StopState, of: (stop: CountedStop) => number) =>
          stops.filter(stop => stop.state === state).reduce((total, stop) => total + of(stop), 0);
        const totals = stopTotals(stops);
        const held = sum('confirmed', stop => stop.amountHeld!);
        expect(totals.held).toBeCloseTo(held, 2);
        expect(totals.refused).toBeCloseTo(
          sum('refused', stop => stop.amount!),
          2,
        );
        expect(totals.waiting).toBeCloseTo(
          sum('requested', stop => stop.amount!),
          2,
        );
        expect(totals.asked).toBeCloseTo(
          sum('confirmed', stop => stop.amount!) + totals.refused + totals.waiting,
          2,
        );
      }),
    );
  });

  it('an account that was asked for again counts once', () => {
    const stop = (state: StopState, amount: number | null, amountHeld: number | null = null) => ({
      accountId: 'acc_1',
      state,
      amount,
      amountHeld,
    });
    expect(stopTotals([stop('refused', 5000), stop('confirmed', 5000, 1200.5)])).toEqual({
      asked: 5000,
      held: 1200.5,
      refused: 0,
      waiting: 0,
    });
    expect(stopTotals([stop('confirmed', 5000, 3000), stop('refused', 2000)])).toEqual({
      asked: 5000,
      held: 3000,
      refused: 2000,
      waiting: 0,
    });
    expect(stopTotals([stop('withdrawn', 900)])).toEqual({ asked: 0, held: 0, refused: 0, waiting: 0 });
    const erased = { ...stop('confirmed', 10, 10), accountId: null };
    expect(stopTotals([erased, { ...erased }]).held).toBe(20);
  });
});

describe('banks as people write them', () => {
  it.each([
    ['农行', '中国农业银行'],
    ['中国农业银行股份有限公司石林县支行', '中国农业银行'],
    ['ABC', '中国农业银行'],
    ['昆明 农商行', '农村商业银行'],
    ['石林农信社', '农村信用社'],
    ['中国银行', '中国银行'],
    ['中信银行', '中信银行'],
    ['邮储', '中国邮政储蓄银行'],
    ['邮政储蓄', '中国邮政储蓄银行'],
    ['ＩＣＢＣ', '中国工商银行'],
    ['微信', '财付通'],
    ['曲靖市商业银行股份有限公司', '曲靖市商业银行'],
  ])('%s is %s', (said, name) => {
    expect(bankName(said)).toBe(name);
    expect(bankName(name)).toBe(name);
  });

  it('names the number of the branch, else of the bank, else the public one', () => {
    const entry = (bank: string, branch: string, phone: string) => ({
      bank,
      branch,
      phone,
      person: null,
      hours: null,
    });
    const directory = [
      entry('中国农业银行', '', '0871-1'),
      entry('中国农业银行', '石林', '0871-2'),
      entry('富滇银行', '宜良支行', '0871-3'),
    ];
    expect(numberOf('农行石林县支行', directory)).toMatchObject({ phone: '0871-2', listed: true });
    expect(numberOf('农行', directory)).toMatchObject({ phone: '0871-1' });
    expect(numberOf('富滇', directory)).toMatchObject({ phone: '0871-3' });
    expect(numberOf('建行', directory)).toMatchObject({ phone: '95533', listed: false });
    expect(numberOf('某某村镇银行', directory)).toBeNull();
    expect(numberOf(' ', directory)).toBeNull();
  });

  it('keeps an account out of the name of a bank', () => {
    expect(withoutAccount('农行 6228 4800 0000 0000 001')).toBe('农行');
    expect(withoutAccount('建行95533')).toBe('建行95533');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789 -农行')), maxLength: 60 }),
        text => {
          expect(withoutAccount(text)).not.toMatch(/\d{6}/);
        },
      ),
    );
  });

  it('a table has its columns by Chinese names or the fields’ own, and every faulty cell is named', () => {
    expect(['银行', ' 24小时电话', 'PHONE', '颜色'].map(bankColumnOf)).toEqual([
      'bank',
      'phone',
      'phone',
      undefined,
    ]);
    const sound = readBankRow({
      row: 2,
      cells: { 银行: '农行', 网点: '石林支行', 止付电话: '0871-67796123' },
    });
    expect(sound).toMatchObject({
      bank: { bank: '中国农业银行', branch: '石林支行', phone: '0871-67796123' },
    });
    const faulty = readBankRow({ row: 3, cells: { 银行: '农行', 电话: '没有' } });
    expect(faulty).toMatchObject({
      problems: [{ row: 3, column: 'phone', code: 'notPhone', value: '没有' }],
    });
    const empty = readBankRow({ row: 4, cells: { 银行: '', 电话: '' } });
    expect(empty).toMatchObject({ problems: [{ column: 'bank' }, { column: 'phone', code: 'missing' }] });
  });
});

describe('the letter', () => {
  it('is numbered by its incident, and dated in Shanghai', () => {
    const openedAtMs = Date.parse('2026-11-21T16:30:00Z');
    expect(letterNumber({ number: 3, openedAtMs }, 2)).toBe('反诈止〔2026〕1122第3-2号');
    expect(chineseDay(openedAtMs)).toBe('2026年11月22日');
  });

  it.each([
    [0, '零元整'],
    [0.05, '伍分'],
    [0.5, '伍角'],
    [1.05, '壹元零伍分'],
    [10, '壹拾元整'],
    [1005.5, '壹仟零伍元伍角'],
    [1409.5, '壹仟肆佰零玖元伍角'],
    [6007.14, '陆仟零柒元壹角肆分'],
    [107_000.53, '壹拾万柒仟元伍角叁分'],
    [180_000, '壹拾捌万元整'],
    [100_200_000, '壹亿零贰拾万元整'],
    [1_000_000_001, '壹拾亿零壹元整'],
    [20_010, '贰万零壹拾元整'],
  ])('writes %s yuan as %s', (yuan, text) => expect(amountInCapitals(yuan)).toBe(text));

  it('no two amounts are written alike, and none with a zero before a zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), inCents => {
        const text = amountInCapitals(inCents / 100);
        expect(centsOf(text)).toBe(inCents);
        expect(text).not.toMatch(/零零|零[万亿]/);
      }),
    );
  });
});

/** Reads what is written in capitals, the other way round. */
function centsOf(text: string): number {
  const figures = '零壹贰叁肆伍陆柒捌玖';
  const [, whole = '', rest = ''] = /^(?:(.*)元)?(.*?)整?$/.exec(text)!;
  const four = (part: string) =>
    [...part.matchAll(/([壹贰叁肆伍陆柒捌玖])([拾佰仟]?)/g)].reduce(
      (sum, [, figure, place]) =>
        sum + figures.indexOf(figure!) * 10 ** ['', '拾', '佰', '仟'].indexOf(place!),
      0,
    );
  const [, yi = '', wan = '', last = ''] = /^(?:(.*)亿)?(?:(.*)万)?(.*)$/.exec(whole)!;
  const yuan = four(yi) * 1e8 + four(wan) * 1e4 + four(last);
  const small = (unit: string) => figures.indexOf(new RegExp(`(.)${unit}`).exec(rest)?.[1] ?? '零');
  return yuan * 100 + small('角') * 10 + small('分');
}
