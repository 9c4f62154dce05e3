import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekOf, weekStartMs } from '#contract/audit.ts';
import { type LookAct, type Shifts, unusualLooks, type WeekOfLooks } from '../../server/audit/unusual.ts';

const hourMs = 3_600_000;
const monday = weekStartMs('2026-W47')!;
/** Tuesday 10:00 in Shanghai. */
const morning = monday + 34 * hourMs;

const look = (overrides: Partial<LookAct> = {}): LookAct => ({
  userId: 'u1',
  role: 'trace',
  incidentId: 'inc1',
  subjectId: 'sub1',
  atMs: morning,
  refused: false,
  stranger: false,
  ...overrides,
});

/** A week in which every look was followed up. */
const week = (overrides: Partial<WeekOfLooks>): WeekOfLooks => ({
  nowMs: monday + 14 * 24 * hourMs,
  looks: [],
  work: (overrides.looks ?? []).map(({ incidentId, atMs }) => ({ incidentId, atMs: atMs + 1 })),
  shifts: new Map(),
  colleagues: new Set(),
  ...overrides,
});
const kinds = (given: Partial<WeekOfLooks>) => unusualLooks(week(given)).map(({ kind }) => kind);

/** Looks of one user at so many subjects. */
const many = (userId: string, subjects: number, role = 'trace'): LookAct[] =>
  Array.from({ length: subjects }, (_, i) =>
    look({ userId, role, incidentId: `${userId} inc${i}`, subjectId: `${userId} sub${i}` }),
  );

describe('S4 unusual looks', () => {
  it('finds nothing in an ordinary week', () => {
    const shifts = new Map<string, Shifts>([['u1', [[morning - hourMs, morning + hourMs]]]]);
    expect(unusualLooks(week({ looks: [look(), look({ atMs: morning + 1 })], shifts }))).toEqual([]);
    expect(unusualLooks(week({}))).toEqual([]);
  });

  it('many subjects: far above the median of the colleagues, by their own spread', () => {
    const crowd = [...many('a', 4), ...many('b', 5), ...many('c', 6), ...many('d', 5)];
    expect(unusualLooks(week({ looks: [...crowd, ...many('e', 30)] }))).toEqual([
      {
        kind: 'manySubjects',
        userId: 'e',
        incidentId: null,
        numbers: { subjects: 30, colleagues: 4, typical: 5, limit: 8.5 },
      },
    ]);
    expect(kinds({ looks: [...crowd, ...many('e', 8)] })).toEqual([]);
    // One who looks at everybody does not hide another.
    expect(kinds({ looks: [...crowd, ...many('e', 30), ...many('f', 29)] })).toEqual([
      'manySubjects',
      'manySubjects',
    ]);
    // Other roles are no measure; alone only the count decides.
    expect(kinds({ looks: [...crowd, ...many('e', 19, 'analyst')] })).toEqual([]);
    expect(kinds({ looks: [...crowd, ...many('e', 20, 'analyst')] })).toEqual(['manySubjects']);
  });

  it('many subjects: whoever is not above every colleague is never found (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 4, maxLength: 9 }), counts => {
        const looks = counts.flatMap((count, i) => many(`u${i}`, count));
        const found = unusualLooks(week({ looks })).map(({ userId }) => userId);
        const lowest = Math.min(...counts);
        counts.forEach((count, i) => {
          if (count === lowest || count < 5) expect(found).not.toContain(`u${i}`);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('off duty: outside of every shift, with half an hour of grace; nobody knows it of whom the roster does not know', () => {
    const shift = [morning, morning + 8 * hourMs] as const;
    const shifts = new Map<string, Shifts>([['u1', [shift]]]);
    const at = (atMs: number) => kinds({ looks: [look({ atMs })], shifts });
    expect(at(shift[0] - 29 * 60_000)).toEqual([]);
    expect(at(shift[0] - 31 * 60_000)).toEqual(['offDuty']);
    expect(at(shift[1] + 29 * 60_000)).toEqual([]);
    expect(at(shift[1] + 31 * 60_000)).toEqual(['offDuty']);
    expect(kinds({ looks: [look({ atMs: shift[1] + 2 * hourMs })] })).toEqual([]);
  });

  it('at night: from 23 to 5 in Shanghai, unless the roster has him on shift', () => {
    const at = (hour: number) => kinds({ looks: [look({ atMs: monday + (24 + hour) * hourMs })] });
    expect([22.9, 23, 4.9, 5].map(at)).toEqual([[], ['night'], ['night'], []]);
    const midnight = monday + 48 * hourMs;
    const shifts = new Map<string, Shifts>([['u1', [[midnight - hourMs, midnight + hourMs]]]]);
    expect(kinds({ looks: [look({ atMs: midnight })], shifts })).toEqual([]);
  });

  it('no follow-up: nothing was done about the incident within a day of the first look', () => {
    const looks = [look(), look({ atMs: morning + hourMs })];
    const done = (incidentId: string, atMs: number) => kinds({ looks, work: [{ incidentId, atMs }] });
    expect(kinds({ looks, work: [] })).toEqual(['noFollowUp']);
    expect(done('inc1', morning + 23 * hourMs)).toEqual([]);
    expect(done('inc1', morning + 25 * hourMs)).toEqual(['noFollowUp']);
    expect(done('inc1', morning - 1)).toEqual(['noFollowUp']);
    expect(done('inc2', morning + 1)).toEqual(['noFollowUp']);
    // Not yet: there is still time.
    expect(kinds({ looks, work: [], nowMs: morning + 2 * hourMs })).toEqual([]);
  });

  it('colleagues and refusals', () => {
    expect(kinds({ looks: [look()], colleagues: new Set(['inc1']) })).toEqual(['colleague']);
    const refused = (count: number, stranger = false) =>
      kinds({ looks: Array.from({ length: count }, () => look({ refused: true, stranger })) });
    expect(refused(2)).toEqual([]);
    expect(refused(3)).toEqual(['refused']);
    expect(refused(1, true)).toEqual(['refused']);
  });
});

describe('weeks in Shanghai', () => {
  it.each([
    ['2026-W47', '2026-11-15T16:00:00.000Z'],
    ['2027-W01', '2027-01-03T16:00:00.000Z'],
    ['2026-W53', '2026-12-27T16:00:00.000Z'],
    ['2026-W01', '2025-12-28T16:00:00.000Z'],
  ])('%s begins at %s', (name, start) => expect(new Date(weekStartMs(name)!).toISOString()).toBe(start));

  it('are none where the year has none', () => {
    expect(weekStartMs('2025-W53')).toBeUndefined();
    expect(weekStartMs('2025-W00')).toBeUndefined();
  });

  it('every instant lies in its week (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), atMs => {
        const startMs = weekStartMs(weekOf(atMs))!;
        expect(startMs).toBeLessThanOrEqual(atMs);
        expect(atMs - startMs).toBeLessThan(7 * 24 * hourMs);
      }),
    );
  });
});
