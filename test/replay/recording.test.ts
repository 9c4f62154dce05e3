import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '#domain/apply.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import { Checkpoints } from '../../server/replay/checkpoints.ts';
import { type LogReader, type Part, readRecording, type Recording } from '../../server/replay/recording.ts';
import { logs, startMs } from '../stream/facts.ts';

/** Of an open incident the newest row, of a closed one its own last. */
function lastOf(log: DomainEvent[], incidentId: string): number {
  const own = log.filter(fact => fact.incidentId === incidentId);
  const closed = own.some(({ kind }) => kind === 'incidentClosed');
  return (own.length === 0 ? undefined : (closed ? own : log).at(-1)?.seq) ?? 0;
}
/** A log in memory that answers as the database does. */
const readerOf = (log: DomainEvent[]): LogReader => ({
  after: async (afterSeq, limit) => log.filter(({ seq }) => seq > afterSeq).slice(0, limit),
  bounds: async part => {
    const newest = log.at(-1)?.seq ?? 0;
    const from = (ms: number) => (log.find(fact => Date.parse(fact.receivedAt) >= ms)?.seq ?? newest + 1) - 1;
    if (part.incidentId === null)
      return { beforeSeq: from(part.fromMs), lastSeq: Math.max(from(part.fromMs), from(part.toMs + 1)) };
    const own = log.filter(fact => fact.incidentId === part.incidentId).map(({ seq }) => seq);
    const first =
      part.fromSeq ?? (part.fromMs === undefined ? (own[0] ?? newest + 1) - 1 : from(part.fromMs));
    const beforeSeq = Math.min(first, newest);
    return { beforeSeq, lastSeq: Math.max(beforeSeq, lastOf(log, part.incidentId)) };
  },
});
/** What the log says, without the code under test. */
const worldAt = (log: readonly DomainEvent[], seq: number): World =>
  log.filter(fact => fact.seq <= seq).reduce(apply, emptyWorld);
const replayedAt = ({ world, facts }: Recording, seq: number): World =>
  facts.filter(fact => fact.seq <= seq).reduce(apply, world);
const record = (log: DomainEvent[], part: Part, checkpoints?: Checkpoints) =>
  readRecording(readerOf(log), part, checkpoints);
const seqs = fc.array(fc.nat(130), { minLength: 20, maxLength: 20 });
/** The incidents of a log, of which `pick` takes one. */
function incidentOf(log: readonly DomainEvent[], pick: number): string | undefined {
  const opened = log.flatMap(fact => (fact.kind === 'incidentOpened' ? fact.payload.incidentId : []));
  return opened[pick % Math.max(1, opened.length)];
}
const tasksOf = ({ tasks }: World, incidentId: string) =>
  Object.values(tasks).filter(task => task.incidentId === incidentId);

describe('a recording', () => {
  it('of an incident shows it, its tasks and the units at every seq as they were live (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(130),
        fc.nat(100),
        fc.option(fc.nat(130)),
        seqs,
        async (log, pick, fromSeq, at) => {
          const incidentId = incidentOf(log, pick);
          if (incidentId === undefined) return;
          const part = { incidentId, ...(fromSeq !== null && { fromSeq }) };
          const recording = await record(log, part);
          const closedSeq =
            log.find(fact => fact.kind === 'incidentClosed' && fact.incidentId === incidentId)?.seq ??
            Infinity;
          const until = lastOf(log, incidentId);
          for (const seq of at.filter(each => each >= recording.world.seq && each <= until)) {
            const live = worldAt(log, seq);
            const seen = replayedAt(recording, seq);
            expect(seen.incidents[incidentId]).toEqual(live.incidents[incidentId]);
            expect(tasksOf(seen, incidentId)).toEqual(tasksOf(live, incidentId));
            if (seq <= closedSeq) {
              expect(seen.units).toEqual(live.units);
              expect(seen.closures).toEqual(live.closures);
              expect(seen.downCameras).toEqual(live.downCameras);
            }
          }
          for (const fact of recording.facts) expect([null, incidentId]).toContain(fact.incidentId);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of a span of the centre is the whole world at every moment of it (property)', async () => {
    await fc.assert(
      fc.asyncProperty(logs(130), fc.nat(130), fc.nat(130), seqs, async (log, a, b, at) => {
        const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b) + 1].map(s => startMs + s * 1000) as [
          number,
          number,
        ];
        const recording = await record(log, { incidentId: null, fromMs, toMs });
        expect(recording).toMatchObject({ fromMs, toMs });
        const last = recording.facts.at(-1)?.seq ?? recording.world.seq;
        for (const seq of at.filter(each => each >= recording.world.seq && each <= last))
          expect(replayedAt(recording, seq)).toEqual(worldAt(log, seq));
        for (const { receivedAt } of recording.facts) {
          expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(fromMs);
          expect(Date.parse(receivedAt)).toBeLessThanOrEqual(toMs);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same from a checkpoint as from the first row, whatever was asked for before (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(130),
        fc.array(fc.tuple(fc.nat(100), fc.nat(130)), { maxLength: 6 }),
        async (log, asks) => {
          // One after every row or so: the thinning of many is part of it.
          const checkpoints = new Checkpoints({ firstEvery: 1, most: 8 });
          for (const [pick, fromSeq] of asks) {
            const part = { incidentId: incidentOf(log, pick) ?? 'inc-none', fromSeq };
            expect(await record(log, part, checkpoints)).toEqual(await record(log, part));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('begins where the log stands when nothing follows (property)', async () => {
    await fc.assert(
      fc.asyncProperty(logs(40), fc.nat(100), async (log, pick) => {
        const { world, facts, fromMs, toMs } = await record(log, {
          incidentId: incidentOf(log, pick) ?? 'inc-none',
          fromSeq: 1000,
        });
        const last = log.at(-1);
        const lastMs = last ? Date.parse(last.receivedAt) : 0;
        expect(world).toEqual(worldAt(log, last?.seq ?? 0));
        expect(facts).toEqual([]);
        expect([fromMs, toMs]).toEqual([lastMs, lastMs]);
      }),
      { numRuns: 30 },
    );
  });
});
