/** The clock that a demo begins with, and the simulator that lives by it. */
import { join } from 'node:path';
import { desc } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { dayOf, ensurePositionPartitions } from '../../db/partitions.ts';
import { domainEvent } from '../../db/schema/index.ts';
import { DemoClock } from '../clock.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { Live } from '../live/live.ts';
import { Simulator } from '../sim/control.ts';

interface DemoTime {
  clock: DemoClock;
  /** A history is made from the clock's time to this instant (ms) first. */
  historyToMs?: number;
}

const dayMs = 86_400_000;

/**
 * Goes on where the log ends, or at the machine's time when that is later: demo time never goes back. A log without a row may begin
 * `historyDays` earlier.
 */
export async function startDemoTime(
  database: Database,
  machineMs: number,
  historyDays: number,
): Promise<DemoTime> {
  const last = await database.read(tx =>
    tx.query.domainEvent.findFirst({ columns: { receivedAt: true }, orderBy: desc(domainEvent.seq) }),
  );
  if (!last && historyDays > 0)
    return { clock: DemoClock.create(machineMs - historyDays * dayMs), historyToMs: machineMs };
  return { clock: DemoClock.create(Math.max(machineMs, last ? last.receivedAt.getTime() + 1 : 0)) };
}

/** The simulator of a demo, not running yet. Fixes that are newer than the log move its clock on. */
export function demoSimulator(
  { clock }: DemoTime,
  {
    dataDir,
    database,
    live,
    jobs,
    say,
  }: {
    dataDir: string;
    database: Database;
    live: Live;
    jobs: Pick<Scheduler, 'hold'>;
    say: (line: string) => void;
  },
): Simulator {
  live.fleet.forEach(fix => clock.jumpTo(fix.observedAtMs));
  return new Simulator({
    clock,
    trainingFile: join(dataDir, 'demo-trainings.jsonl'),
    say,
    onPace: () => live.stream.sayTime(),
    onHistory: toMs => {
      jobs.hold(true);
      return makeRoom(database, clock.now(), toMs);
    },
    onHistoryMade: () => jobs.hold(false),
  });
}

/** Partitions for the positions of a history. */
async function makeRoom(database: Database, fromMs: number, toMs: number): Promise<void> {
  await database.maintain(tx => ensurePositionPartitions(tx, dayOf(fromMs - dayMs), dayOf(toMs + 2 * dayMs)));
}
