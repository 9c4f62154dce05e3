import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockKinds, orderStates, risks } from '#contract/kinds.ts';
import type { NewDomainEvent } from '#domain/event/event.ts';
import { allTargets, callsLeader, clockMoves, targetOf, timesOf } from '#domain/loop/clock.ts';

const minute = 60_000;
const at = '2026-11-22T01:35:00.000Z';
const moved = (to: (typeof orderStates)[number]): NewDomainEvent => ({
  kind: 'orderMoved',
  incidentId: 'i',
  observedAt: at,
  payload: { incidentId: 'i', orderId: 'o', stationId: 's', to },
});
const kindsOf = (fact: NewDomainEvent) =>
  clockMoves(fact).map(move => ('kind' in move ? `${move.move} ${move.kind}` : move.move));

describe('targets', () => {
  it('are the bureau’s rules until a leader sets others', () => {
    const minutes = (kind: (typeof clockKinds)[number]) => targetOf(kind, 'high', []).targetS / 60;
    expect(
      ['traceSent', 'stopPayment', 'acknowledge', 'underWay', 'feedback'].map(k => minutes(k as never)),
    ).toEqual([1, 10, 5, 10, 30]);
    const meeting = risks.map(risk => targetOf('meeting', risk, []).targetS);
    expect(meeting).toEqual(meeting.toSorted((a, b) => a - b));
    const set = [{ kind: 'meeting' as const, risk: 'high' as const, targetS: 900, warnS: 5000 }];
    // Nobody is warned before it begins.
    expect(targetOf('meeting', 'high', set)).toEqual({ targetS: 900, warnS: 900 });
    expect(targetOf('meeting', 'low', set)).toEqual(targetOf('meeting', 'low', []));
    expect(allTargets(set).filter(each => each.kind === 'meeting')).toHaveLength(risks.length);
  });

  it('the day is cleared at its hour in Shanghai, or at the next one where less than two hours are left', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }), startMs => {
        const { dueMs, warnMs } = timesOf('sameDay', startMs, targetOf('sameDay', 'low', []));
        // 22:00 in Shanghai is 14:00 UTC.
        expect(new Date(dueMs).toISOString().slice(11)).toBe('14:00:00.000Z');
        expect(dueMs - startMs).toBeGreaterThanOrEqual(120 * minute);
        expect(dueMs - startMs).toBeLessThan(26 * 60 * minute);
        expect(warnMs).toBeGreaterThanOrEqual(startMs);
      }),
    );
  });
});

describe('what a fact does to the clocks', () => {
  it('an order has its two clocks until it is acknowledged and under way', () => {
    const issued: NewDomainEvent = {
      kind: 'orderIssued',
      incidentId: 'i',
      observedAt: at,
      payload: { incidentId: 'i', orderId: 'o', stationId: 's', basis: 'home', replaces: null },
    };
    expect(kindsOf(issued)).toEqual(['start acknowledge', 'start underWay']);
    expect(kindsOf(moved('acknowledged'))).toEqual(['stop acknowledge']);
    expect(kindsOf(moved('underWay'))).toEqual(['stop acknowledge', 'stop underWay']);
    expect(kindsOf(moved('met'))).toContain('start feedback');
    for (const to of ['handedOver', 'cancelled'] as const)
      for (const move of clockMoves(moved(to))) expect(move).toMatchObject({ move: 'stop', outcome: 'void' });
  });

  it('money at risk has ten minutes; without any there is no clock', () => {
    const alert = (amount: number | null, accounts: number): NewDomainEvent => ({
      kind: 'alertReceived',
      incidentId: 'i',
      observedAt: at,
      payload: {
        incidentId: 'i',
        alertId: 'a',
        source: 's',
        risk: 'low',
        scamType: 'loan',
        amount,
        accounts,
        joined: false,
      },
    });
    expect(kindsOf(alert(null, 0))).toEqual([]);
    expect(kindsOf(alert(0, 0))).toEqual([]);
    expect(kindsOf(alert(1, 0))).toEqual(['start stopPayment']);
    expect(kindsOf(alert(null, 1))).toEqual(['start stopPayment']);
  });

  it('calls the bureau’s leader for what costs money or time with her, at a grave risk alone', () => {
    for (const kind of clockKinds)
      for (const risk of risks)
        expect(callsLeader(kind, risk), `${kind} ${risk}`).toBe(
          ['traceSent', 'stopPayment', 'meeting'].includes(kind) && ['extraHigh', 'high'].includes(risk),
        );
  });
});
