import { setImmediate as othersTurn } from 'node:timers/promises';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { fixAt, type Track } from '#domain/track/track.ts';
import type { RoadClass } from '#road/build.ts';
import type { TrackMatcher } from '#road/match/match.ts';
import type { TrackFix } from '#road/match/model.ts';
import { ratioBin, ratioBins, speedSamples } from '#road/speeds.ts';
import { sql } from 'drizzle-orm';
import { drivingUnits, roadSetting } from '../../../db/queries/road-speeds.ts';
import { roadSetting as settingTable, roadSpeed } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { readTrack } from '../track/read.ts';

/** Days that count; older ones are forgotten. */
export const learningDays = 28;

/** Tracks are matched in parts of so many fixes, a few milliseconds each; others get their turn in between. */
const partLength = 1000;

/**
 * Learns from the oldest day that is over and not learned yet; null when there is none. One transaction writes the
 * day's counts and says that it is done, so whoever is killed here begins the day again.
 */
export async function learnDay(
  deps: Pick<ServiceDeps, 'database' | 'clock'>,
  matcher: TrackMatcher,
  signal: AbortSignal,
): Promise<{ day: string; samples: number } | null> {
  const { database, clock } = deps;
  const { learnedDay } = await database.read(tx => roadSetting(tx));
  const now = clock.now();
  const oldest = dayOf(now - learningDays * dayMs);
  const day = learnedDay !== null && learnedDay >= oldest ? dayOf(dayStartMs(learnedDay) + dayMs) : oldest;
  if (day >= dayOf(now)) return null;
  const counts = new SpeedCounts();
  for (const { id } of await database.read(drivingUnits)) {
    const whole = fixesOf(await readTrack(database, id, dayStartMs(day), dayStartMs(day) + dayMs));
    for (let first = 0; first < whole.length; first += partLength) {
      if (signal.aborted) return null;
      const track = whole.slice(first, first + partLength);
      for (const path of matcher.match(track).paths) {
        for (const { roadClass, hour, ratio } of speedSamples(matcher.graph, track, path))
          counts.add(roadClass, hour, ratio);
      }
      await othersTurn();
    }
  }
  await keepDay(deps, day, oldest, counts);
  return { day, samples: counts.total };
}

const fixesOf = (track: Track): TrackFix[] =>
  Array.from({ length: track.length }, (_, index) => index)
    .filter(index => track.future[index] !== 1)
    .map(index => fixAt(track, index));

class SpeedCounts {
  total = 0;
  readonly byRoad = new Map<string, { roadClass: RoadClass; hour: number; bins: number[] }>();

  add(roadClass: RoadClass, hour: number, ratio: number): void {
    const key = `${roadClass} ${hour}`;
    const road = this.byRoad.get(key) ?? { roadClass, hour, bins: Array<number>(ratioBins).fill(0) };
    this.byRoad.set(key, road);
    road.bins[ratioBin(ratio)]!++;
    this.total++;
  }
}

async function keepDay(
  { database }: Pick<ServiceDeps, 'database'>,
  day: string,
  oldest: string,
  { byRoad }: SpeedCounts,
): Promise<void> {
  await database.transaction({ actor: 'system:clock' }, async tx => {
    await tx.delete(roadSpeed).where(sql`day = ${day}::date or day < ${oldest}::date`);
    const values = [...byRoad.values()].map(road => ({ day, ...road }));
    if (values.length > 0) await tx.insert(roadSpeed).values(values);
    await tx.update(settingTable).set({ learnedDay: day });
  });
}
