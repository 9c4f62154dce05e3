import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { risks, scamTypes } from '#contract/alert.ts';
import { contactChannels, contactOutcomes, lines, requestStates } from '#contract/kinds.ts';
import { smsTemplates } from '#contract/lines.ts';
import { callsInVain, isReached, outcomesByHand, redialAfterMs, redialAt } from '#domain/loop/contact.ts';
import { linesOf, NEWS_MS } from '#domain/loop/lines.ts';
import { isOpenRequest, requestStatesBefore } from '#domain/loop/request.ts';
import { smsText } from '#domain/loop/sms-templates.ts';
import { emptyLoop } from '#domain/loop/world.ts';
import { taskStates } from '#domain/task.ts';
import type { WorldIncident, WorldTask } from '#domain/world.ts';

const openedMs = Date.parse('2026-11-22T01:35:00Z');
const at = (s: number) => new Date(openedMs + s * 1000).toISOString();
const seconds = fc.integer({ min: 0, max: 7200 });

const attempts = fc.array(
  fc.record({
    channel: fc.constantFrom(...contactChannels),
    outcome: fc.constantFrom(...contactOutcomes),
    at: seconds.map(at),
  }),
  { maxLength: 12 },
);
const requests = fc.array(
  fc.record({
    askedOf: fc.constantFrom('carrier' as const, 'cameras' as const),
    state: fc.constantFrom(...requestStates),
    madeAt: seconds.map(at),
    changedAt: seconds.map(at),
  }),
  { maxLength: 4 },
);
const sightings = fc.array(
  fc.record({
    kind: fc.constantFrom('cell' as const, 'search' as const),
    withdrawn: fc.boolean(),
    receivedAt: seconds.map(at),
  }),
  { maxLength: 4 },
);
const tasks = fc.array(
  fc.record({ state: fc.constantFrom(...taskStates), changedAt: seconds.map(at), found: fc.boolean() }),
  { maxLength: 4 },
);

const named = <T extends object>(list: readonly T[]) =>
  Object.fromEntries(list.map((each, i) => [`x${i}`, { id: `x${i}`, ...each }]));

const incidents = fc
  .record({
    risk: fc.constantFrom(...risks),
    state: fc.constantFrom('open' as const, 'closed' as const),
    attempts,
    requests,
    sightings,
    tasks,
  })
  .map(made => {
    const seen = made.sightings.map(each => ({ ...each, observedAt: each.receivedAt, replacedBy: null }));
    const contacts = made.attempts.map((each, i) => ({ id: `c${i}`, ...each }));
    const incident = {
      id: 'inc',
      risk: made.risk,
      state: made.state,
      openedAt: at(0),
      sightings: named(seen),
      loop: { ...emptyLoop, requests: named(made.requests), contacts },
    } as unknown as WorldIncident;
    const ofTask = ({ state, changedAt, found }: (typeof made.tasks)[number], i: number) =>
      ({
        id: `t${i}`,
        incidentId: i % 2 === 0 ? 'inc' : 'other',
        state,
        changedAt,
        outcome: state === 'done' ? (found ? 'found' : 'notHere') : null,
      }) as unknown as WorldTask;
    return { incident, tasks: made.tasks.map(ofTask), made };
  });

describe('the three lines', () => {
  it('a line is done with its incident, none before anything happened, and news are never older than said', () => {
    fc.assert(
      fc.property(incidents, seconds, ({ incident, tasks: all, made }, later) => {
        const nowMs = openedMs + 7_200_000 + later * 1000;
        const views = linesOf(incident, all, nowMs);
        for (const line of lines) {
          const { state, newsAtMs, next } = views[line];
          expect(state === 'done').toBe(incident.state === 'closed');
          if (state === 'done') expect(next).toBe(null);
          if (state === 'news') expect(nowMs - newsAtMs!).toBeLessThan(NEWS_MS);
          if (state === 'none') expect(newsAtMs).toBe(null);
          if (state === 'waiting') expect(next!.dueAtMs).toBeGreaterThan(nowMs);
          if (next) expect(next.dueAtMs).toBeGreaterThanOrEqual(openedMs);
        }
        const own = all.filter(({ incidentId }) => incidentId === 'inc');
        expect(linesOf(incident, own, nowMs)).toEqual(views);
        const reached = made.attempts.filter(isReached).map(each => Date.parse(each.at));
        expect(views.contact.newsAtMs).toBe(reached.length > 0 ? Math.max(...reached) : null);
        if (incident.state === 'open' && made.requests.some(({ state }) => state === 'prepared'))
          expect(views.trace.next).not.toBe(null);
      }),
    );
  });

  it('as time goes by a line only gets older: news become quiet or waiting, what waits becomes quiet', () => {
    const order = { none: 0, news: 0, waiting: 1, quiet: 2, done: 3 };
    fc.assert(
      fc.property(incidents, seconds, seconds, ({ incident, tasks: all }, a, b) => {
        const from = openedMs + 7_200_000 + Math.min(a, b) * 1000;
        const to = openedMs + 7_200_000 + Math.max(a, b) * 1000;
        for (const line of lines)
          expect(order[linesOf(incident, all, to)[line].state]).toBeGreaterThanOrEqual(
            order[linesOf(incident, all, from)[line].state],
          );
      }),
    );
  });
});

describe('calls in vain', () => {
  it('are those after she was last spoken to, in whatever order they were told', () => {
    fc.assert(
      fc.property(attempts, fc.infiniteStream(fc.nat()), (list, random) => {
        const sorted = list.toSorted((a, b) => a.at.localeCompare(b.at));
        let count = 0;
        // One by one; what happened at the same second as an answer is before it.
        for (const { channel, outcome, at: when } of sorted) {
          const answers = sorted.some(
            each => each.channel !== 'family' && isReached(each) && each.at >= when,
          );
          if (channel === 'call' && !isReached({ outcome }) && !answers) count++;
        }
        expect(callsInVain(list)).toBe(count);
        const keys = new Map(list.map(each => [each, random.next().value]));
        const shuffled = list.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
        expect(callsInVain(shuffled)).toBe(count);
      }),
    );
  });

  it('are followed by the next call the sooner the graver the risk, and by none once she answered', () => {
    const call = (outcome: 'noAnswer' | 'answered', s: number) => ({
      channel: 'call' as const,
      outcome,
      at: at(s),
    });
    for (const risk of risks) {
      expect(redialAt([], risk)).toBe(null);
      expect(redialAt([call('noAnswer', 10)], risk)).toBe(openedMs + 10_000 + redialAfterMs[risk]);
      expect(redialAt([call('answered', 20), call('noAnswer', 10)], risk)).toBe(null);
      expect(redialAt([call('noAnswer', 30), call('answered', 20)], risk)).not.toBe(null);
    }
    const waits = risks.map(risk => redialAfterMs[risk]);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  it('no outcome of the gateway can be said by hand', () => {
    const byHand = Object.values(outcomesByHand).flat();
    for (const outcome of ['sent', 'delivered', 'failed'] as const) expect(byHand).not.toContain(outcome);
  });
});

describe('a request for a trace', () => {
  it('moves on only from what is open, and every open one can end', () => {
    for (const to of requestStates)
      for (const from of requestStatesBefore(to))
        expect(isOpenRequest({ state: from }), `${from} → ${to}`).toBe(true);
    for (const state of requestStates.filter(each => isOpenRequest({ state: each })))
      for (const end of ['failed', 'withdrawn'] as const) expect(requestStatesBefore(end)).toContain(state);
    expect(requestStatesBefore('answered')).not.toContain('prepared');
  });
});

describe('the words of warnings', () => {
  it('are signed, short, name the hotline, and hold no link and no other number', () => {
    for (const scamType of scamTypes)
      for (const template of smsTemplates.filter(each => each !== 'own')) {
        const text = smsText(template, scamType);
        expect(text).toMatch(/^【公安反诈】/);
        expect(text).toContain('96110');
        expect(text.length).toBeLessThanOrEqual(140);
        expect(text).not.toMatch(/https?:|www\.|\d{6,}/);
      }
  });
});
