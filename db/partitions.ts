import { sql } from 'drizzle-orm';
import type { Tx } from './transaction.ts';

/*
 * The table `position` has one partition for each UTC day of `observed_at`. UTC and not the bureau's time: a day's
 * bounds are then the same for every reader, and nothing depends on a session's time zone. What fits no partition
 * (a clock that is years off) goes to `position_default`, so that no acknowledged ping is ever lost.
 *
 * All functions alter the schema: call them inside `database.maintain`.
 */

const DAY_MS = 86_400_000;
/** More than a lifetime of clocks being wrong by one digit, and few enough to make in one transaction. */
const MOST_DAYS = 400;

/** A UTC day, '2026-11-22'. */
export type Day = string;

/** The UTC day of an instant in ms since 1970. */
export const dayOf = (atMs: number): Day => new Date(atMs).toISOString().slice(0, 10);

/**
 * Makes the partitions of all days from `fromDay` to `toDay`, both included, that are missing. Rows of such a day that
 * wait in the default partition move into it.
 * @returns the days made now.
 */
export async function ensurePositionPartitions(tx: Tx, fromDay: Day, toDay: Day): Promise<Day[]> {
  const wanted = daysBetween(fromDay, toDay);
  const existing = new Set(await positionPartitions(tx));
  const missing = wanted.filter(day => !existing.has(day));
  if (missing.length === 0) return [];
  // Two processes that do this together: the second waits here, then finds nothing to do.
  await tx.execute(sql`lock table position_default in access exclusive mode`);
  const made = new Set(await positionPartitions(tx));
  const toMake = missing.filter(day => !made.has(day));
  for (const day of toMake) await makePartition(tx, day);
  return toMake;
}

/** The days that have a partition, oldest first. */
export async function positionPartitions(tx: Tx): Promise<Day[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'position'::regclass and child.relname ~ '^position_[0-9]{8}$' order by 1`);
  return rows.map(({ name }) => name.replace(/^position_(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
}

/** Drops the partitions of all days before `day`, with their rows. @returns the days dropped. */
export async function dropPositionPartitions(tx: Tx, day: Day): Promise<Day[]> {
  assertDay(day);
  const old = (await positionPartitions(tx)).filter(existing => existing < day);
  for (const existing of old) await tx.execute(sql`drop table ${tableOf(existing)}`);
  return old;
}

/** Made beside the table and attached at the end: attaching wants the default partition free of the day's rows. */
async function makePartition(tx: Tx, day: Day): Promise<void> {
  const table = tableOf(day);
  const from = sql.raw(`'${day} 00:00:00+00'`);
  const to = sql.raw(`'${nextDay(day)} 00:00:00+00'`);
  await tx.execute(sql`create table ${table} (like position including defaults including constraints)`);
  await tx.execute(sql`
    with moved as (delete from position_default where observed_at >= ${from} and observed_at < ${to} returning *)
    insert into ${table} select * from moved`);
  await tx.execute(sql`alter table position attach partition ${table} for values from (${from}) to (${to})`);
}

const tableOf = (day: Day) => sql.identifier(`position_${day.replaceAll('-', '')}`);
const nextDay = (day: Day): Day => dayOf(Date.parse(`${day}T00:00:00Z`) + DAY_MS);

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
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || dayOf(Date.parse(`${day}T00:00:00Z`)) !== day)
    throw new Error(`expected a day such as 2026-11-22, got '${day}'`);
}
