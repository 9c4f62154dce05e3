import { sql } from 'drizzle-orm';
import type { Unusual } from '#contract/audit.ts';
import { dayMs, mondayOf } from '#domain/shanghai.ts';
import { weekStartMs } from '#contract/audit.ts';
import { CodedError } from '#contract/errors.ts';
import {
  findingsOf,
  incidentsWithPhone,
  looksBetween,
  officerPhones,
  shiftsOfUsers,
  workOn,
} from '../../../db/queries/findings.ts';
import { lookFinding } from '../../../db/schema/index.ts';
import { elevate, type Tx } from '../../../db/transaction.ts';
import { type Actor, clockActor } from '../../auth/actor.ts';
import { unusualLooks, type WeekOfLooks } from '../../audit/unusual.ts';
import type { ServiceDeps } from '../../deps.ts';
import { normalisePhone } from '../alert/phone.ts';
import { requireAllowed } from '../guard.ts';
import { keyedHash } from '../keyed-hash.ts';
import { perform, type Work } from '../unit-of-work.ts';

/** Who has no shift in so many days before and after is not in the roster, which is not the same as off duty. */
const rosterDays = 7;

type Reply = Omit<Unusual, 'items' | 'nextCursor'>;

/**
 * Searches the looks of a week for unusual ones and keeps what it finds; what was found before keeps its state, with new
 * numbers. Asked by a person, the asking is audited. Throws invalidBody for a week that is none.
 */
export async function findUnusual(
  deps: ServiceDeps,
  week: string,
  actor: Actor = clockActor,
): Promise<Unusual> {
  const fromMs = weekStartMs(week);
  if (fromMs === undefined)
    throw new CodedError('invalidBody', `query field week: the year has no week ${week}`);
  const { reply } = await perform(deps, { actor }, async work => {
    requireAllowed(work.actor, 'audit.review');
    await elevate(work.tx);
    const found = await search(work, deps.hashKey, week, fromMs);
    if (actor.kind === 'user') work.audit({ action: 'audit.read', resource: 'unusual', detail: { week } });
    return found;
  });
  const items = await deps.database.read(tx => findingsOf(tx, mondayOf(fromMs)));
  return { ...reply, items, nextCursor: null };
}

async function search(work: Work, hashKey: Uint8Array, week: string, fromMs: number): Promise<Reply> {
  const [from, to] = [new Date(fromMs), new Date(fromMs + 7 * dayMs)];
  const looks = await looksBetween(work.tx, from, to);
  const users = [...new Set(looks.map(({ userId }) => userId))];
  const incidents = [...new Set(looks.map(({ incidentId }) => incidentId))];
  const around = [
    new Date(fromMs - rosterDays * dayMs),
    new Date(fromMs + (7 + rosterDays) * dayMs),
  ] as const;
  const shifts = new Map(
    (await shiftsOfUsers(work.tx, users, ...around)).map(row => [row.userId, row.shifts] as const),
  );
  const known: WeekOfLooks = {
    nowMs: work.at.getTime(),
    looks,
    work: await workOn(work.tx, incidents, from, new Date(fromMs + 8 * dayMs)),
    shifts,
    colleagues: await colleaguesAmong(work.tx, hashKey, incidents),
  };
  const values = unusualLooks(known).map(finding => ({
    id: work.id('fin'),
    week: mondayOf(fromMs),
    ...finding,
    foundAt: work.at,
    state: 'open' as const,
  }));
  if (values.length > 0)
    await work.tx
      .insert(lookFinding)
      .values(values)
      .onConflictDoUpdate({
        target: [lookFinding.week, lookFinding.kind, lookFinding.userId, lookFinding.incidentId],
        set: { numbers: sql`excluded.numbers` },
      });
  return {
    week,
    from: from.toISOString(),
    to: to.toISOString(),
    looks: looks.filter(({ refused }) => !refused).length,
    people: users.length,
    unmatched: users.filter(id => !shifts.has(id)).length,
  };
}

/** Incidents whose subject has an officer's number: found by keyed hash, so no number is compared in the open. */
async function colleaguesAmong(tx: Tx, hashKey: Uint8Array, incidentIds: string[]): Promise<Set<string>> {
  const hashes = (await officerPhones(tx)).map(phone => keyedHash(hashKey, `phone:${normalisePhone(phone)}`));
  return new Set(hashes.length > 0 ? await incidentsWithPhone(tx, incidentIds, hashes) : []);
}
