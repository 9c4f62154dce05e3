import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderState, orderStates } from '#contract/kinds.ts';
import { givesSight, isOpenOrder, orderStatesBefore, orderStations } from '#domain/loop/order.ts';

const moves = orderStates.filter(state => state !== 'issued');
type Move = (typeof moves)[number];

/** How far an order has come; an end is farther than everything else. */
const progress: Record<OrderState, number> = {
  issued: 0,
  acknowledged: 1,
  underWay: 2,
  met: 3,
  fedBack: 4,
  handedOver: 4,
  cancelled: 4,
};

/** The states that an order goes through when everybody tries everything. */
function run(tries: readonly Move[]): OrderState[] {
  const seen: OrderState[] = ['issued'];
  for (const to of tries) if (orderStatesBefore(to).includes(seen.at(-1)!)) seen.push(to);
  return seen;
}

describe('the machine of a dispatch order', () => {
  const tries = fc.array(fc.constantFrom(...moves), { maxLength: 30 });

  it('only goes forward, never comes to a state twice, and ends once', () => {
    fc.assert(
      fc.property(tries, wanted => {
        const seen = run(wanted);
        for (let i = 1; i < seen.length; i++)
          expect(progress[seen[i]!]).toBeGreaterThan(progress[seen[i - 1]!]);
        expect(seen.filter(state => !isOpenOrder({ state })).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('a subject who was met is not handed over or forgotten: feedback alone ends it', () => {
    fc.assert(
      fc.property(tries, wanted => {
        const seen = run(wanted);
        const after = seen.slice(seen.indexOf('met') + 1);
        if (seen.includes('met')) expect(after).toEqual(after.length === 0 ? [] : ['fedBack']);
      }),
    );
  });

  it('whatever was tried before, an open order can still be ended', () => {
    fc.assert(
      fc.property(tries, wanted => {
        const state = run(wanted).at(-1)!;
        const ends = moves.filter(to => progress[to] === 4 && orderStatesBefore(to).includes(state));
        expect(ends.length > 0).toBe(isOpenOrder({ state }));
      }),
    );
  });
});

describe('who sees an incident by an order', () => {
  it('the stations whose order was neither handed over nor taken back, each once', () => {
    const orders = fc.dictionary(
      fc.string(),
      fc.record({
        stationId: fc.constantFrom('a', 'b', 'c'),
        state: fc.constantFrom(...orderStates),
      }),
    );
    fc.assert(
      fc.property(orders, held => {
        const seeing = orderStations(held);
        expect(new Set(seeing).size).toBe(seeing.length);
        for (const stationId of ['a', 'b', 'c'])
          expect(seeing.includes(stationId)).toBe(
            Object.values(held).some(each => each.stationId === stationId && givesSight(each)),
          );
      }),
    );
  });
});
