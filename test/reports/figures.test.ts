/** The bulletin's counting against brute force: each figure asked for in another way than it is counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureNames } from '#contract/bulletin.ts';
import { countWeek, spansOf } from '../../server/reports/bulletin.ts';
import { figuresOf, rateOf, sumOf } from '../../server/reports/figures.ts';
import { asKnown, type BulletinRows, type Known } from '../../server/reports/rows.ts';

const hour = 3_600_000;
const week = '2026-W47';
const { week: span, publishedMs } = spansOf(week)!;
const stations = ['st-a', 'st-b', 'st-c'].map(id => ({ id, name: `所 ${id}` }));

/** Hours from Monday: some before the week, some after its bulletin. */
const instant = fc.integer({ min: -30, max: 300 }).map(hours => span.fromMs + hours * hour);
const known = fc.option(
  fc
    .tuple(instant, fc.integer({ min: 0, max: 40 }))
    .map(([atMs, late]): Known => ({ atMs, knownMs: atMs + late * hour })),
  { nil: null },
);
const rowsArb: fc.Arbitrary<BulletinRows> = fc
  .array(
    fc.record({
      openedMs: instant,
      orders: fc.array(
        fc.record({
          stationId: fc.constantFrom('st-a', 'st-b', 'st-c', 'st-gone'),
          issuedMs: instant,
          due: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
          acknowledged: known,
          underWay: known,
          met: known,
          fedBack: known,
          dropped: known,
        }),
        { maxLength: 3 },
      ),
      meetings: fc.array(fc.record({ atMs: instant, late: fc.integer({ min: 0, max: 60 }) }), {
        maxLength: 2,
      }),
      outcomes: fc.array(
        fc.record({
          reportedMs: instant,
          late: fc.integer({ min: 0, max: 60 }),
          transferred: fc.boolean(),
          cents: fc.integer({ min: 0, max: 1e7 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 12 },
  )
  .map(cases => ({
    incidents: cases.map(({ openedMs }, i) => ({
      id: `inc-${i}`,
      number: i + 1,
      scamType: 'rebate' as const,
      openedMs,
      closedMs: null,
      outcome: null,
      handedOverMs: null,
      alerts: [{ atMs: openedMs, risk: 'high' as const }],
    })),
    orders: cases.flatMap(({ orders }, i) =>
      orders.map(({ due, ...order }, n) => ({
        id: `ord-${i}-${n}`,
        incidentId: `inc-${i}`,
        ...order,
        meetDueMs: due === null ? null : order.issuedMs + due * hour,
      })),
    ),
    meetings: cases.flatMap(({ meetings }, i) =>
      meetings.map(({ atMs, late }) => ({
        incidentId: `inc-${i}`,
        orderId: null,
        atMs,
        knownMs: atMs + late * hour,
      })),
    ),
    outcomes: cases.flatMap(({ outcomes }, i) =>
      outcomes.map(({ reportedMs, late, transferred, cents }, n) => ({
        id: `out-${i}-${n}`,
        incidentId: `inc-${i}`,
        reportedMs,
        recordedMs: reportedMs + late * hour,
        transferred,
        loss: transferred ? cents / 100 : null,
        caseFiled: transferred,
        arrests: 0,
      })),
    ),
    stops: [],
    revisits: [],
    checks: [],
  }));

describe('the bulletin counts', () => {
  it('the meeting rate is what its definition says, one order at a time', () => {
    fc.assert(
      fc.property(rowsArb, instant, (all, asOfMs) => {
        const rows = asKnown(all, asOfMs);
        let [due, inTime, tooLate, notMet] = [0, 0, 0, 0];
        for (const order of rows.orders) {
          const dueMs = order.meetDueMs;
          if (dueMs === null || dueMs < span.fromMs || dueMs >= span.toMs || dueMs > asOfMs) continue;
          if (order.issuedMs >= dueMs) continue;
          if (order.dropped && order.dropped.atMs <= dueMs) continue;
          due++;
          const isHers = ({ incidentId }: { incidentId: string }) => incidentId === order.incidentId;
          const said = rows.orders
            .filter(isHers)
            .filter(other => other.met && (other.id === order.id || other.met.atMs >= order.issuedMs));
          const stood = rows.meetings.filter(isHers).filter(({ atMs }) => atMs >= order.issuedMs);
          if (said.some(({ met }) => met!.atMs < dueMs) || stood.some(({ atMs }) => atMs < dueMs)) inTime++;
          else if (said.length + stood.length > 0) tooLate++;
          else notMet++;
        }
        const { total } = countWeek(all, stations, { week, asOfMs: Math.max(asOfMs, span.fromMs) });
        if (asOfMs < span.fromMs) return;
        expect(total.figures).toMatchObject({ due, metInTime: inTime, metTooLate: tooLate, notMet });
        expect(total.rates.meeting.of).toBe(due);
        expect(total.rates.meeting.value).toBe(
          due === 0 ? null : Math.round((inTime / due) * 10_000) / 10_000,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('stations add up to the total; of each outcome the newest report counts', () => {
    fc.assert(
      fc.property(rowsArb, all => {
        const asOfMs = span.toMs + 200 * hour;
        const rows = asKnown(all, asOfMs);
        const found = figuresOf(rows, span, asOfMs);
        const total = sumOf(found.values());
        const opened = rows.incidents.filter(
          ({ openedMs }) => openedMs >= span.fromMs && openedMs < span.toMs,
        );
        const newest = opened.flatMap(({ id }) => {
          const of = rows.outcomes.filter(({ incidentId }) => incidentId === id);
          const last = Math.max(...of.map(({ reportedMs }) => reportedMs));
          const tied = of.filter(({ reportedMs }) => reportedMs === last);
          return tied.toSorted((a, b) => b.recordedMs - a.recordedMs || (a.id < b.id ? 1 : -1)).slice(0, 1);
        });
        expect(total.warned).toBe(opened.length);
        expect(total.transferred).toBe(newest.filter(({ transferred }) => transferred).length);
        expect(total.lossAmount).toBeCloseTo(
          newest.reduce((sum, { loss }) => sum + (loss ?? 0), 0),
          6,
        );
        const { stations: shown, total: row } = countWeek(all, stations, { week, asOfMs });
        for (const name of figureNames)
          expect(shown.reduce((sum, { figures }) => sum + figures[name], 0)).toBeCloseTo(
            row.figures[name],
            6,
          );
      }),
      { numRuns: 200 },
    );
  });

  it('a revision leads from the week’s own bulletin to the one that is read, at the instant when it changed', () => {
    fc.assert(
      fc.property(rowsArb, all => {
        const asOfMs = span.toMs + 250 * hour;
        const before = countWeek(all, stations, { week, asOfMs: publishedMs });
        const after = countWeek(all, stations, { week, asOfMs });
        expect(before.revisions).toEqual([]);
        const said = new Map(after.revisions.filter(({ total }) => total).map(each => [each.figure, each]));
        for (const name of figureNames) {
          const revision = said.get(name);
          if (!revision) {
            expect(after.total.figures[name]).toBe(before.total.figures[name]);
            continue;
          }
          expect(revision).toMatchObject({
            before: before.total.figures[name],
            after: after.total.figures[name],
          });
          const atMs = Date.parse(revision.at);
          const just = (ms: number) => countWeek(all, stations, { week, asOfMs: ms }).total.figures[name];
          expect(just(atMs)).toBe(after.total.figures[name]);
          expect(just(atMs - 1)).not.toBe(after.total.figures[name]);
        }
        expect(JSON.stringify(countWeek(all, stations, { week, asOfMs }))).toBe(JSON.stringify(after));
      }),
      { numRuns: 60 },
    );
  });

  it('Wilson’s interval is where the score test turns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (of, some) => {
        const hits = some % (of + 1);
        const { value, lo, hi } = rateOf(hits, of);
        expect(lo!).toBeLessThanOrEqual(value!);
        expect(hi!).toBeGreaterThanOrEqual(value!);
        for (const bound of [lo!, hi!]) {
          if (bound <= 0.0005 || bound >= 0.9995) continue;
          const z = Math.abs(hits / of - bound) / Math.sqrt((bound * (1 - bound)) / of);
          expect(Math.abs(z - 1.96)).toBeLessThan(0.05 + 0.002 * Math.sqrt(of) * 2);
        }
      }),
    );
    expect(rateOf(0, 0)).toEqual({ value: null, of: 0, lo: null, hi: null });
    expect(rateOf(0, 10)).toMatchObject({ lo: 0, hi: 0.2775 });
  });

  it('weeks and years begin on days of Shanghai; the year before has the same days', () => {
    expect(new Date(span.fromMs).toISOString()).toBe('2026-11-15T16:00:00.000Z');
    expect(new Date(publishedMs).toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(spansOf('2026-W54')).toBeUndefined();
    const leap = spansOf('2024-W09')!;
    const iso = (ms: number) => new Date(ms).toISOString();
    expect([leap.year, leap.yearBefore].map(({ fromMs, toMs }) => [iso(fromMs), iso(toMs)])).toEqual([
      ['2023-12-31T16:00:00.000Z', '2024-03-03T16:00:00.000Z'],
      ['2022-12-31T16:00:00.000Z', '2023-03-03T16:00:00.000Z'],
    ]);
    // 2026-W01 begins on 29 December.
    expect(iso(spansOf('2026-W01')!.year.fromMs)).toBe('2025-12-28T16:00:00.000Z');
  });
});
