import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from './transaction.ts';

/*
 * The tables `position` and `track_chunk` have one partition for each UTC day of their time. UTC and not the bureau's
 * time: a day's bounds are then the same for every reader, and nothing depends on a session's time zone. A position
 * that fits no partition (a clock that is years off, a day that is compacted) goes to `position_default`, so that no
 * acknowledged ping is ever lost. Chunks have no such table: whoever writes them makes the partition first.
 *
 * All functions alter the schema: call them inside `database.maintain`.
 */

const DAY_MS = 86_400_000;
/** More than a lifetime of clocks being wrong by one digit, and few enough to make in one transaction. */
const MOST_DAYS = 400;

/** A UTC day, '2026-11-22'. */
export type Day = string;

/** A table with a partition for each day. */
export type DailyTable = 'position' | 'track_chunk';

/** The UTC day of an instant in ms since 1970. */
export const dayOf = (atMs: number): Day => new Date(atMs).toISOString().slice(0, 10);

/** When a day begins, ms since 1970. */
export const startOfDay = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/**
 * Makes the partitions of all days from `fromDay` to `toDay`, both included, that are missing. Rows of such a day that
 * wait in the default partition move into it.
 * @returns the days made now.
 */
export const ensurePositionPartitions = (tx: Tx, fromDay: Day, toDay: Day): Promise<Day[]> =>
  makeMissing(tx, 'position', daysBetween(fromDay, toDay));

/** Makes the partitions of these days for chunks, where they are missing. @returns the days made now. */
export function ensureTrackPartitions(tx: Tx, days: readonly Day[]): Promise<Day[]> {
  days.forEach(assertDay);
  return makeMissing(tx, 'track_chunk', [...new Set(days)]);
}

/** What keeps two processes from making the same partition: of positions, rows may have to leave the default one. */
const lockToMake: Record<DailyTable, SQL> = {
  position: sql`lock table position_default in access exclusive mode`,
  track_chunk: sql`lock table only track_chunk in share update exclusive mode`,
};

async function makeMissing(tx: Tx, table: DailyTable, days: readonly Day[]): Promise<Day[]> {
  const missing = async () => {
    const existing = new Set(await partitionDays(tx, table));
    return days.filter(day => !existing.has(day));
  };
  if ((await missing()).length === 0) return [];
  // Two processes that do this together: the second waits here, then finds nothing to do.
  await tx.execute(lockToMake[table]);
  const toMake = await missing();
  for (const day of toMake) await makePartition(tx, table, day);
  return toMake;
}

/** The days of which positions have a partition, oldest first. */
export const positionPartitions = (tx: Tx): Promise<Day[]> => partitionDays(tx, 'position');

/** The days of which a table has a partition, oldest first. */
export async function partitionDays(tx: Tx, table: DailyTable): Promise<Day[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = ${table}::regclass and child.relname ~ ${`^${table}_[0-9]{8}$`} order by 1`);
  return rows.map(({ name }) => name.replace(/^.*_(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
}

/** Drops the partitions of all days before `day`, with their rows. @returns the days dropped. */
export async function dropPartitions(tx: Tx, table: DailyTable, day: Day): Promise<Day[]> {
  assertDay(day);
  const old = (await partitionDays(tx, table)).filter(existing => existing < day);
  for (const existing of old) await tx.execute(sql`drop table ${partitionOf(table, existing)}`);
  return old;
}

/** The table that holds one day. */
export function partitionOf(table: DailyTable, day: Day): SQL {
  assertDay(day);
  return sql`${sql.identifier(`${table}_${day.replaceAll('-', '')}`)}`;
}

/** Made beside the table and attached at the end: attaching wants the default partition free of the day's rows. */
async function makePartition(tx: Tx, table: DailyTable, day: Day): Promise<void> {
  const partition = partitionOf(table, day);
  const parent = sql.identifier(table);
  const from = sql.raw(`'${day} 00:00:00+00'`);
  const to = sql.raw(`'${nextDay(day)} 00:00:00+00'`);
  await tx.execute(
    sql`create table ${partition} (like ${parent} including defaults including constraints including storage)`,
  );
  if (table === 'position')
    await tx.execute(sql`
      with moved as (delete from position_default where observed_at >= ${from} and observed_at < ${to} returning *)
      insert into ${partition} select * from moved`);
  await tx.execute(
    sql`alter table ${parent} attach partition ${partition} for values from (${from}) to (${to})`,
  );
}

const nextDay = (day: Day): Day => dayOf(startOfDay(day) + DAY_MS);

function daysBetween(fromDay: Day, toDay: Day): Day[] {
  assertDay(fromDay);
  assertDay(toDay);
  const days: Day[] = [];
  for (let day = fromDay; day <= toDay; day = nextDay(day)) {
    days.push(day);
    if (days.length > MOST_DAYS)
      throw new Error(`${fromDay} to ${toDay} is more than ${MOST_DAYS} days of positions at once`);
  }
  return days;
}

/** The day becomes part of a statement's text, so nothing else may come through. */
function assertDay(day: Day): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || dayOf(startOfDay(day)) !== day)
    throw new Error(`expected a day such as 2026-11-22, got '${day}'`);
}
