import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '#domain/apply.ts';
import { openMatters, overdueOf } from '#domain/loop/handover.ts';
import { emptyWorld } from '#domain/world.ts';
import { nextClock } from '../../../client/desk/loop/clock-level.ts';
import { nextAlarm } from '../../../client/desk/next-alarm.ts';
import {
  lanes,
  marksOf,
  type StoryEntry,
  storyOf,
  stripSpan,
  type StoryWords,
} from '../../../client/desk/story/story.ts';
import { logs, startMs } from '../../stream/facts.ts';

/** Says what it is asked to say by its kind: what is tested is what there is, when, and in which lane. */
const words: StoryWords = {
  opened: () => 'opened',
  repeated: count => `alert ${count}`,
  closed: () => 'closed',
  sighting: kind => kind,
  request: ({ state }) => state,
  taskOrdered: () => 'sent',
  task: ({ state }) => state,
  contact: ({ outcome }) => outcome,
  called: 'called',
  answered: 'answered',
  stopRequested: () => 'asked',
  stop: ({ state }) => state,
  order: (_, state) => state,
  clock: (kind, how) => `${kind} ${how}`,
  meeting: 'meeting',
  step: number => `step ${number}`,
  revisit: 'revisit',
  note: by => `note ${by}`,
};

const worlds = logs(160).map(log => log.reduce(apply, emptyWorld));

describe('the story of an incident', () => {
  it('is in order of time, tells each thing once, and begins with the alert', () => {
    fc.assert(
      fc.property(worlds, world => {
        for (const incident of Object.values(world.incidents)) {
          const entries = storyOf(incident, Object.values(world.tasks), words);
          const times = entries.map(({ atMs }) => atMs);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
          expect(entries.some(({ text }) => text === 'opened')).toBe(true);
          expect(entries.filter(({ text }) => text.startsWith('note '))).toHaveLength(
            incident.notes?.length ?? 0,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('the strip loses nothing that lies within it, and no two marks of a lane lie upon each other', () => {
    const entry = fc.record({
      key: fc.uuid(),
      atMs: fc.integer({ min: startMs, max: startMs + 4 * 3_600_000 }),
      lane: fc.constantFrom(...lanes),
      text: fc.constant('x'),
      tone: fc.constantFrom('plain', 'good', 'bad', 'due'),
    }) as fc.Arbitrary<StoryEntry>;
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), fc.nat(4 * 3_600_000), (unordered, later) => {
        const entries = unordered.toSorted((a, b) => a.atMs - b.atMs);
        const span = stripSpan(entries, startMs + later);
        expect(span.toMs).toBeGreaterThan(span.fromMs);
        const marks = marksOf(entries, span);
        const shown = marks.flatMap(mark => mark.entries);
        const within = entries.filter(({ atMs }) => atMs <= span.toMs);
        expect(new Set(shown)).toEqual(new Set(within));
        // Everything that has happened is within.
        expect(within).toEqual(expect.arrayContaining(entries.filter(({ tone }) => tone !== 'due')));
        for (const lane of lanes) {
          const at = marks.filter(mark => mark.lane === lane).map(mark => mark.at);
          for (const [i, each] of at.entries()) if (i > 0) expect(each - at[i - 1]!).toBeGreaterThan(0.02);
        }
      }),
    );
  });
});

describe('what a shift hands over', () => {
  it('names only what is there, once, with the due ones first', () => {
    fc.assert(
      fc.property(worlds, fc.nat(7_200_000), (world, later) => {
        const nowMs = startMs + later;
        const matters = openMatters(world, nowMs);
        const keys = matters.map(({ kind, refId }) => `${kind} ${refId}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { incidentId, kind } of matters) {
          expect(world.incidents[incidentId]).toBeDefined();
          if (world.incidents[incidentId]!.state === 'closed') expect(kind).toBe('revisit');
        }
        const due = matters.map(({ dueAt }) => (dueAt === null ? Infinity : Date.parse(dueAt)));
        expect(due).toEqual(due.toSorted((a, b) => (a === b ? 0 : a - b)));
        expect(overdueOf(matters, nowMs)).toBe(due.filter(at => at < nowMs).length);
        // Every running clock of an open incident is in it: by itself, or as the due time of what it is about.
        for (const { id, state, loop } of Object.values(world.incidents)) {
          if (state === 'closed') continue;
          for (const clock of Object.values(loop.clocks).filter(({ stoppedAt }) => stoppedAt === null)) {
            const told = matters.some(
              ({ incidentId, refId }) => incidentId === id && (refId === clock.id || refId === clock.refId),
            );
            expect(told).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what one key opens', () => {
  it('is never what is open already, and nothing only where nothing else is open', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, pick) => {
        const open = Object.values(world.incidents).filter(({ state }) => state === 'open');
        const current = open[pick % Math.max(1, open.length)]?.id ?? null;
        const next = nextAlarm(world.incidents, 'leader', startMs, current);
        if (next === null) expect(open.filter(({ id }) => id !== current)).toEqual([]);
        else {
          expect(next).not.toBe(current);
          expect(world.incidents[next]!.state).toBe('open');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('the clock shown is the one due next; where all are over, the one that went over last', () => {
    const clock = (id: string, minutes: number, stopped = false) => ({
      id,
      kind: 'meeting' as const,
      refId: null,
      startedAt: new Date(startMs).toISOString(),
      warnAt: new Date(startMs).toISOString(),
      dueAt: new Date(startMs + minutes * 60_000).toISOString(),
      warned: false,
      breached: false,
      stoppedAt: stopped ? new Date(startMs).toISOString() : null,
      outcome: null,
    });
    const clocks = [
      clock('late', 1),
      clock('later', 5),
      clock('next', 20),
      clock('done', 12, true),
      clock('far', 90),
    ];
    expect(nextClock(clocks, startMs + 10 * 60_000)?.id).toBe('next');
    expect(nextClock(clocks.slice(0, 2), startMs + 10 * 60_000)?.id).toBe('later');
    expect(nextClock([], startMs)).toBeUndefined();
  });
});
