import type { RosterView } from '#contract/roster.ts';
import type { Random } from '#domain/random.ts';
import type { Stage } from './stage.ts';

type Officer = RosterView['officers'][number];

const freshMs = 60 * 60_000;
const known = new WeakMap<Stage, { atMs: number; officers: readonly Officer[] }>();

/** Two of a station's officers who go together, a sworn one first; none where the station has no sworn one. */
export async function officersOf(stage: Stage, stationId: string, random: Random): Promise<string[]> {
  const own = (await rosterOf(stage)).filter(officer => officer.stationId === stationId);
  const sworn = own.filter(officer => officer.sworn);
  if (sworn.length === 0) return [];
  const first = random.pick(sworn);
  const others = own.filter(({ id }) => id !== first.id);
  return others.length > 0 ? [first.id, random.pick(others).id] : [first.id];
}

async function rosterOf(stage: Stage): Promise<readonly Officer[]> {
  const nowMs = stage.now();
  const held = known.get(stage);
  if (held && held.officers.length > 0 && nowMs - held.atMs < freshMs) return held.officers;
  const at = new Date(nowMs).toISOString();
  const query = `/api/roster?from=${at}&to=${new Date(nowMs + freshMs).toISOString()}`;
  const { officers } = await stage.desk.leader.get<RosterView>(query);
  known.set(stage, { atMs: nowMs, officers });
  return officers;
}
