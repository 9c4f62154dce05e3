import type { NewDomainEvent } from '#domain/event/event.ts';
import { type ClockMove, clockMoves, type SetTarget, targetOf, timesOf } from '#domain/loop/clock.ts';
import {
  clockStart,
  movableClocks,
  settled,
  setTargets,
  stopClocks,
} from '../../../db/queries/loop/clocks.ts';
import { clock } from '../../../db/schema/index.ts';
import { eq } from 'drizzle-orm';
import { elevate } from '../../../db/transaction.ts';
import type { Work } from '../unit-of-work.ts';

/** What moving clocks works with; `targets` reads what leaders have set, once for a change. */
type Clocks = Pick<Work, 'tx' | 'id' | 'append' | 'now'> & { targets: () => Promise<SetTarget[]> };

/**
 * Starts, stops and moves the clocks that the facts of a change are about, in its transaction; what that means is told by
 * facts of its own. Costs nothing where no fact moves a clock. Runs when the verb is done: who hands an order over sees its
 * incident no more, and its clocks stop all the same.
 */
export async function followClocks(
  work: Omit<Clocks, 'targets'>,
  facts: readonly NewDomainEvent[],
): Promise<void> {
  const moves = facts.flatMap(fact =>
    fact.incidentId === undefined
      ? []
      : clockMoves(fact).map(move => ({ incidentId: fact.incidentId!, move })),
  );
  if (moves.length === 0) return;
  await elevate(work.tx);
  let read: Promise<SetTarget[]> | undefined;
  const clocks = { ...work, targets: () => (read ??= setTargets(work.tx)) };
  for (const { incidentId, move } of moves) await make(clocks, incidentId, move);
}

async function make(work: Clocks, incidentId: string, move: ClockMove): Promise<void> {
  switch (move.move) {
    case 'start':
      return start(work, incidentId, move);
    case 'stop':
      return stop(work, incidentId, move);
    case 'settle': {
      const how = await settled(work.tx, incidentId, move.kind);
      if (how === 'waiting') return;
      const outcome = how === 'void' ? ({ outcome: 'void' } as const) : {};
      return stop(work, incidentId, { kind: move.kind, at: move.at, ...outcome });
    }
    case 'retime':
      return retime(work, incidentId, move);
    case 'end': {
      if (move.met) await stop(work, incidentId, { kind: 'meeting', at: move.at });
      await stop(work, incidentId, { kind: 'sameDay', at: move.at });
      return stop(work, incidentId, { at: move.at, outcome: 'void' });
    }
  }
}

async function start(
  work: Clocks,
  incidentId: string,
  { kind, refId, at, once = false }: Extract<ClockMove, { move: 'start' }>,
): Promise<void> {
  const known = await clockStart(work.tx, incidentId, kind);
  if (!known || (once && known.ran)) return;
  const { warnMs, dueMs } = timesOf(kind, Date.parse(at), targetOf(kind, known.risk, await work.targets()));
  const id = work.id('clk');
  const times = { startedAt: new Date(at), warnAt: new Date(warnMs), dueAt: new Date(dueMs) };
  const made = await work.tx
    .insert(clock)
    .values({ id, incidentId, kind, refId, ...times })
    .onConflictDoNothing()
    .returning({ id: clock.id });
  if (made.length === 0) return;
  work.append({
    kind: 'clockStarted',
    incidentId,
    observedAt: at,
    payload: {
      incidentId,
      clockId: id,
      kind,
      refId,
      startedAt: at,
      warnAt: times.warnAt.toISOString(),
      dueAt: times.dueAt.toISOString(),
    },
  });
}

type Stop = { at: string } & Partial<
  Pick<Extract<ClockMove, { move: 'stop' }>, 'kind' | 'refId' | 'outcome'>
>;

async function stop(work: Clocks, incidentId: string, { kind, refId, at, outcome }: Stop): Promise<void> {
  const which = { incidentId, ...(kind && { kind }), ...(refId !== undefined && { refId }) };
  for (const stopped of await stopClocks(work.tx, which, new Date(at), outcome))
    work.append({
      kind: 'clockStopped',
      incidentId,
      observedAt: at,
      payload: { incidentId, clockId: stopped.id, outcome: stopped.outcome },
    });
}

/**
 * The same clock, due sooner or later; it may warn once more. One that is breached stays as it is, for its breach was told; and
 * none is due before now, for nobody could have kept that.
 */
async function retime(
  work: Clocks,
  incidentId: string,
  { kind, risk }: Extract<ClockMove, { move: 'retime' }>,
): Promise<void> {
  const target = targetOf(kind, risk, await work.targets());
  const nowMs = Date.parse(work.now);
  for (const { id, startedAtMs } of await movableClocks(work.tx, { incidentId, kind })) {
    const { warnMs, dueMs } = timesOf(kind, startedAtMs, target);
    const times = { warnAt: new Date(warnMs), dueAt: new Date(Math.max(dueMs, nowMs)) };
    await work.tx
      .update(clock)
      .set({ ...times, warnedAt: null })
      .where(eq(clock.id, id));
    work.append({
      kind: 'clockMoved',
      incidentId,
      observedAt: work.now,
      payload: {
        incidentId,
        clockId: id,
        warnAt: times.warnAt.toISOString(),
        dueAt: times.dueAt.toISOString(),
      },
    });
  }
}
