import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditItem } from '../../../client/api/audit.ts';
import { runsOf } from '../../../client/audit/runs.ts';

const item = (part: Partial<AuditItem>): AuditItem => ({
  seq: 1,
  at: '2026-11-22T01:00:00.000Z',
  actor: 'user:a',
  person: null,
  action: 'trace.read',
  resource: 'inc_1',
  incident: null,
  authority: null,
  reason: null,
  detail: {},
  ...part,
});

const items = fc
  .array(
    fc.record({
      action: fc.constantFrom('trace.read', 'trace.refuse', 'task.order'),
      actor: fc.constantFrom('user:a', 'user:b'),
      reason: fc.constantFrom(null, '甲', '乙'),
      detail: fc.constantFrom({}, { what: 'posterior' }, { what: 'plan' }),
    }),
    { maxLength: 30 },
  )
  .map(parts => parts.map((part, i) => item({ ...part, seq: parts.length - i })));

describe('records taken together', () => {
  it('leaves no row out, keeps their order, and mixes nothing that differs', () => {
    fc.assert(
      fc.property(items, rows => {
        const runs = runsOf(rows);
        let at = 0;
        for (const { newest, oldest, count } of runs) {
          const part = rows.slice(at, at + count);
          expect([part[0], part.at(-1)]).toEqual([newest, oldest]);
          expect(new Set(part.map(row => JSON.stringify({ ...row, seq: 0 }))).size).toBe(1);
          if (count > 1) expect(newest.action).toMatch(/^trace\./);
          at += count;
        }
        expect(at).toBe(rows.length);
        // Two neighbours that could have been one run are one.
        for (const [i, { newest }] of runs.entries()) {
          const before = runs[i - 1]?.oldest;
          if (!before || !newest.action.startsWith('trace.')) continue;
          expect({ ...before, seq: 0 }).not.toEqual({ ...newest, seq: 0 });
        }
      }),
    );
  });
});
