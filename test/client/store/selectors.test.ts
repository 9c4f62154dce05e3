import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { risks } from '#contract/alert.ts';
import { emptyLoop } from '#domain/loop/world.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import {
  authorityState,
  countsByRisk,
  dataAgeS,
  isLate,
  mayBeTraced,
  queue,
  sightingsInOrder,
} from '../../../client/store/selectors.ts';

const incidentArbitrary = fc.record({
  risk: fc.constantFrom(...risks),
  state: fc.constantFrom('open' as const, 'closed' as const),
  openedAt: fc
    .integer({ min: Date.parse('2026-11-20T00:00:00Z'), max: Date.parse('2026-11-23T00:00:00Z') })
    .map(ms => new Date(ms).toISOString()),
});

function incident(id: string, part: Partial<WorldIncident>): WorldIncident {
  return {
    id,
    number: 1,
    risk: 'high',
    scamType: 'loan',
    state: 'open',
    stationId: null,
    stationBasis: 'none',
    openedAt: '2026-11-22T01:35:00Z',
    closedAt: null,
    outcome: null,
    amount: null,
    alertCount: 1,
    lastAlertAt: '2026-11-22T01:35:00Z',
    members: [],
    authorities: {},
    sightings: {},
    loop: emptyLoop,
    ...part,
  };
}

const incidentsArbitrary = fc
  .array(incidentArbitrary, { maxLength: 40 })
  .map(parts => Object.fromEntries(parts.map((part, i) => [`i${i}`, incident(`i${i}`, part)])));

describe('queue', () => {
  it('holds exactly the open incidents, higher risk first and the longer wait first within a risk', () => {
    fc.assert(
      fc.property(incidentsArbitrary, incidents => {
        const list = queue(incidents);
        expect(new Set(list.map(({ id }) => id))).toEqual(
          new Set(Object.values(incidents).flatMap(({ id, state }) => (state === 'open' ? [id] : []))),
        );
        list.slice(1).forEach((next, i) => {
          const before = list[i]!;
          const [a, b] = [risks.indexOf(before.risk), risks.indexOf(next.risk)];
          expect(a < b || (a === b && before.openedAt <= next.openedAt)).toBe(true);
        });
        const counts = countsByRisk(incidents);
        for (const risk of risks) expect(counts[risk]).toBe(list.filter(each => each.risk === risk).length);
      }),
    );
  });

  it('gives the same list for the same world, so that nothing renders again', () => {
    const incidents: World['incidents'] = { a: incident('a', {}) };
    expect(queue(incidents)).toBe(queue(incidents));
  });
});

describe('sightingsInOrder', () => {
  it('goes by when things happened, not by when they became known, and leaves out what was corrected', () => {
    const sighting = (id: string, observedAt: string, replacedBy: string | null = null) => ({
      id,
      kind: 'fix' as const,
      observedAt,
      receivedAt: '2026-11-22T03:00:00Z',
      withdrawn: false,
      replacedBy,
    });
    const sightings = {
      a: sighting('a', '2026-11-22T02:00:00Z'),
      b: sighting('b', '2026-11-22T09:30:00+08:00'),
      c: sighting('c', '2026-11-22T01:00:00Z', 'a'),
    };
    expect(sightingsInOrder(incident('i', { sightings })).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('marks those that came in more than two minutes after they happened', () => {
    expect(isLate({ observedAt: '2026-11-22T02:00:00Z', receivedAt: '2026-11-22T02:02:00Z' })).toBe(false);
    expect(isLate({ observedAt: '2026-11-22T02:00:00Z', receivedAt: '2026-11-22T02:02:01Z' })).toBe(true);
  });
});

describe('authority', () => {
  const base = {
    id: 'a',
    requestedBy: 'u',
    approvedBy: null,
    expiresAt: '2026-11-22T04:00:00Z',
    revoked: false,
  };
  const now = Date.parse('2026-11-22T03:00:00Z');

  it('is valid only when approved, in time and not revoked', () => {
    expect(authorityState(base, now)).toBe('pending');
    expect(authorityState({ ...base, approvedBy: 'v' }, now)).toBe('valid');
    expect(authorityState({ ...base, approvedBy: 'v' }, Date.parse(base.expiresAt))).toBe('expired');
    expect(authorityState({ ...base, approvedBy: 'v', revoked: true }, now)).toBe('revoked');
  });

  it('opens nothing on a closed incident', () => {
    const authorities = { a: { ...base, approvedBy: 'v' } };
    expect(mayBeTraced(incident('i', { authorities }), 'w', now)).toBe(true);
    expect(mayBeTraced(incident('i', { authorities, state: 'closed' }), 'w', now)).toBe(false);
  });

  it('S7 break-glass opens it to one alone, and is no request', () => {
    const glass = { ...base, breakGlass: { reviewDueAt: '2026-11-23T03:00:00Z', verdict: null } };
    expect(authorityState(glass, now)).toBe('valid');
    const broken = incident('i', { authorities: { a: glass } });
    expect(mayBeTraced(broken, 'u', now)).toBe(true);
    expect(mayBeTraced(broken, 'w', now)).toBe(false);
  });
});

describe('dataAgeS', () => {
  it('adds the silence on the line to the age that the server named', () => {
    expect(dataAgeS({ heardAt: null, dataAgeS: 0 }, 10_000)).toBeNull();
    expect(dataAgeS({ heardAt: 4000, dataAgeS: 7 }, 10_000)).toBe(13);
    expect(dataAgeS({ heardAt: 12_000, dataAgeS: 0 }, 10_000)).toBe(0);
  });
});
