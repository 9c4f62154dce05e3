import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { densityOf, laneRows, lateMoments } from '../../../client/replay/lanes.ts';
import { recordedOf, spanName } from '../../../client/replay/recorded.ts';
import { logs, startMs } from '../../stream/facts.ts';

const momentsOf = (log: Parameters<typeof toMoment>[0][]) => log.map(toMoment);
const toMoment = (fact: { receivedAt: string } & Parameters<typeof laneRows>[0][number]['fact']) => ({
  atMs: Date.parse(fact.receivedAt),
  fact,
});

describe('the lanes of a recording', () => {
  it('hold each fact of the span exactly once, in its place (property)', () => {
    fc.assert(
      fc.property(logs(80), fc.nat(90), fc.nat(90), (log, a, b) => {
        const moments = momentsOf(log);
        const span = { fromMs: startMs + Math.min(a, b) * 1000, toMs: startMs + Math.max(a, b) * 1000 };
        const within = moments.filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs);
        const ticks = laneRows(moments, span).flatMap(row => row.ticks);
        expect(new Set(ticks.map(({ key }) => key))).toEqual(new Set(within.map(({ fact }) => fact.seq)));
        expect(ticks.length).toBe(within.length);
        for (const { at } of ticks) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(1);
        }
        const density = densityOf(moments, span, 7);
        expect(density.reduce((sum, count) => sum + count, 0)).toBe(within.length);
      }),
    );
  });

  it('mark what came a minute late or more, and nothing else; what the centre reckons is never late (property)', () => {
    fc.assert(
      fc.property(
        logs(40),
        fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 40 }),
        (log, delays) => {
          const moments = momentsOf(
            log.map((fact, index) => ({
              ...fact,
              observedAt: new Date(Date.parse(fact.receivedAt) - delays[index % 40]! * 1000).toISOString(),
            })),
          );
          const late = new Set(lateMoments(moments).map(({ fact }) => fact.seq));
          moments.forEach(({ fact }, index) =>
            expect(late.has(fact.seq)).toBe(fact.kind !== 'beliefComputed' && delays[index % 40]! >= 60),
          );
        },
      ),
    );
  });
});

describe('the address of a recording', () => {
  it('names an incident, or a span to the minute', () => {
    const [from, to] = [Date.parse('2026-11-22T01:05:00Z'), Date.parse('2026-11-22T03:00:00Z')];
    expect(recordedOf(spanName(from, to))).toEqual({
      from: '2026-11-22T01:05:00.000Z',
      to: '2026-11-22T03:00:00.000Z',
    });
    expect(recordedOf('inc_01abc')).toEqual({ incidentId: 'inc_01abc' });
    expect(recordedOf('2026-11-22T01:05Z')).toEqual({ incidentId: '2026-11-22T01:05Z' });
  });
});
