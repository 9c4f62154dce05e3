import { describe, expect, it } from 'vitest';
import { linesOfList, lossOf, readAmount } from '../../../client/desk/loop/stop-lines.ts';
import type { StopList } from '#contract/stop-payment.ts';

const account = (accountId: string, stopId: string | null, amount: number | null) => ({
  accountId,
  bank: '农行',
  lastFour: '1116',
  amount,
  stopId,
  requestable: stopId === null,
  inAll: stopId === null,
  number: null,
});
const stop = (id: string, accountId: string | null, state: StopList['items'][number]['state']) => ({
  id,
  accountId,
  bank: '农行',
  lastFour: null,
  amount: 10,
  state,
  amountHeld: null,
  requestedAt: '2026-11-22T01:00:00Z',
  requestedBy: 'li',
  answeredAt: null,
  answeredBy: null,
  note: null,
  corrections: [],
  number: null,
});

describe('the money on the desk', () => {
  it('is one line an account: what waits for an answer, what is still to be asked for, what is done', () => {
    const list: StopList = {
      items: [
        stop('s0', 'a', 'refused'),
        stop('s1', 'a', 'requested'),
        stop('s2', 'b', 'confirmed'),
        stop('s3', null, 'refused'),
      ],
      accounts: [
        account('b', 's2', 5),
        account('c', null, 5),
        account('d', null, 7),
        account('a', 's1', null),
      ],
      totals: { asked: 0, held: 0, refused: 0, waiting: 0 },
    };
    expect(linesOfList(list).map(line => [line.accountId, line.stop?.id ?? null, line.amount])).toEqual([
      ['a', 's1', 10],
      ['d', null, 7],
      ['c', null, 5],
      [null, 's3', 10],
      ['b', 's2', 10],
    ]);
  });

  it('reads amounts as people type them', () => {
    expect(['180,000', '１２００.5元', ' 0.05 ', '', '1.234', '-1', '1e5'].map(readAmount)).toEqual([
      180_000,
      1200.5,
      0.05,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('the newest report says what was lost', () => {
    const outcome = (id: string, reportedAt: string, lossAmount: number | null) => ({
      id,
      reportedAt,
      transferredAfterAlert: true,
      lossAmount,
      caseFiled: false,
      arrests: 0,
    });
    expect(lossOf({ outcomes: {} })).toBeNull();
    const outcomes = {
      a: outcome('a', '2026-11-22T10:00:00+08:00', 5),
      b: outcome('b', '2026-11-22T03:00:00Z', 9),
    };
    expect(lossOf({ outcomes })).toBe(9);
  });
});
