import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scamTypes, stepRefusals } from '#contract/kinds.ts';
import { drawChecks, proposedRevisits } from '#domain/loop/meeting.ts';
import { pledgeText } from '#domain/loop/pledge.ts';
import { dayMs, dayOf, dayStartMs, mondayOf } from '#domain/shanghai.ts';

const instants = fc.integer({
  min: Date.parse('2026-01-01T00:00:00Z'),
  max: Date.parse('2030-01-01T00:00:00Z'),
});

describe('when to come back', () => {
  it('is the next day in Shanghai, in daylight, and again after a week when she refused or denied', () => {
    const steps = fc.array(fc.record({ refusal: fc.option(fc.constantFrom(...stepRefusals)) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(instants, steps, (metAt, said) => {
        const days = proposedRevisits(metAt, said).map(at => {
          expect((at - dayStartMs(dayOf(at))) / 3_600_000).toBe(10);
          return (dayStartMs(dayOf(at)) - dayStartMs(dayOf(metAt))) / dayMs;
        });
        const doubted = said.some(({ refusal }) => refusal === 'refused' || refusal === 'denied');
        expect(days).toEqual(doubted ? [1, 7] : [1]);
      }),
    );
  });
});

describe('the week', () => {
  it('begins on the Monday of Shanghai', () => {
    expect(mondayOf(Date.parse('2026-11-22T15:59:59Z'))).toBe('2026-11-16');
    expect(mondayOf(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    fc.assert(
      fc.property(instants, at => {
        const monday = mondayOf(at);
        expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
        const since = at - dayStartMs(monday);
        expect(since >= 0 && since < 7 * dayMs).toBe(true);
      }),
    );
  });
});

describe('the draw of recordings', () => {
  const meetings = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 4, maxLength: 12 }),
      stationId: fc.constantFrom('a', 'b', 'c', null),
    }),
    { selector: ({ id }) => id, maxLength: 120 },
  );

  it('takes a tenth of each station, never none, and does not depend on the order in which meetings come', () => {
    fc.assert(
      fc.property(meetings, fc.infiniteStream(fc.nat()), (all, noise) => {
        const drawn = drawChecks(all, '2026-11-16');
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const [station, ofStation] of Map.groupBy(all, ({ stationId }) => stationId)) {
          const taken = ofStation.filter(({ id }) => drawn.includes(id)).length;
          expect(taken, String(station)).toBe(Math.max(1, Math.ceil(ofStation.length / 10)));
        }
        const shuffled = all
          .map(meeting => ({ meeting, rank: noise.next().value as number }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ meeting }) => meeting);
        expect(drawChecks(shuffled, '2026-11-16')).toEqual(drawn);
      }),
    );
  });

  it('draws each meeting about as often as any other', () => {
    const all = Array.from({ length: 20 }, (_, i) => ({
      id: `mtg_${String(i).padStart(4, '0')}`,
      stationId: 'a',
    }));
    const times = new Map(all.map(({ id }) => [id, 0]));
    const weeks = 1000;
    for (let week = 0; week < weeks; week++)
      for (const id of drawChecks(all, mondayOf(week * 7 * dayMs))) times.set(id, times.get(id)! + 1);
    // Expected 100 each, standard deviation 9.5.
    for (const [id, count] of times) expect(Math.abs(count - weeks / 10), id).toBeLessThan(48);
  });
});

describe('the pledge', () => {
  it('speaks of each type of fraud in its own words', () => {
    const texts = scamTypes.map(type => pledgeText(type).join('\n'));
    expect(new Set(texts).size).toBe(scamTypes.length);
    for (const text of texts) expect(text).toContain('96110');
  });
});
