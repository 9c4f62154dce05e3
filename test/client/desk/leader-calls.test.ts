import { describe, expect, it } from 'vitest';
import { emptyLoop } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { openCalls } from '../../../client/desk/leader-calls/open-calls.ts';

const call = (id: string, minute: number, answered = false) => ({
  id,
  because: id.startsWith('b') ? ('breach' as const) : ('extraHigh' as const),
  clockId: null,
  calledAt: `2026-11-22T01:0${minute}:00.000Z`,
  answeredAt: answered ? '2026-11-22T01:09:00.000Z' : null,
  answeredBy: null,
});
const incident = (id: string, calls: ReturnType<typeof call>[], state: 'open' | 'closed' = 'open') =>
  ({
    id,
    number: Number(id.at(-1)),
    state,
    loop: { ...emptyLoop, calls: Object.fromEntries(calls.map(each => [each.id, each])) },
  }) as unknown as WorldIncident;

describe('calls to the leader', () => {
  it('one entry an open incident, its reasons once each, the longest waiting first', () => {
    const incidents = {
      i1: incident('i1', [call('a1', 5), call('b1', 3), call('b2', 4)]),
      i2: incident('i2', [call('a2', 1)]),
      i3: incident('i3', [call('a3', 0, true)]),
      i4: incident('i4', [call('a4', 0)], 'closed'),
    };
    expect(openCalls(incidents)).toEqual([
      {
        incidentId: 'i2',
        number: 2,
        callIds: ['a2'],
        reasons: ['extraHigh'],
        calledAt: '2026-11-22T01:01:00.000Z',
      },
      {
        incidentId: 'i1',
        number: 1,
        callIds: ['b1', 'b2', 'a1'],
        reasons: ['breach', 'extraHigh'],
        calledAt: '2026-11-22T01:03:00.000Z',
      },
    ]);
  });
});
