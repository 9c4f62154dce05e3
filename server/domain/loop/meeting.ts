/** Meetings as rules: when to come back, and whose recordings a leader listens to. Pure. */
import type { StepRefusal } from '#contract/kinds.ts';
import { dayMs, dayOf, dayStartMs } from '../shanghai.ts';

/** Somebody who sent the officers away, or believes nothing of it, may yet pay tomorrow. */
const unconvinced: readonly StepRefusal[] = ['refused', 'denied'];
/** At what time of the day officers come back: people are up, and the day is long enough to try again. */
const revisitHourMs = 10 * 3_600_000;

/**
 * When to come back after a meeting: the next day; once more after a week when she refused or denied at any step. At ten in
 * the morning of Shanghai, ms since 1970.
 */
export function proposedRevisits(
  metAtMs: number,
  steps: Iterable<{ refusal: StepRefusal | null }>,
): [number, ...number[]] {
  const onDay = (days: number) => dayStartMs(dayOf(metAtMs)) + days * dayMs + revisitHourMs;
  const doubted = [...steps].some(({ refusal }) => refusal !== null && unconvinced.includes(refusal));
  return doubted ? [onDay(1), onDay(7)] : [onDay(1)];
}

/** Of each station's meetings this share is listened to, and never none. */
const checkedShare = 0.1;

/**
 * The meetings that leaders listen to: for each station a tenth, at least one. Which ones follows from the week and the
 * meetings alone, in whatever order they come, so that the draw can be made again and nobody can choose.
 */
export function drawChecks(
  meetings: readonly { id: string; stationId: string | null }[],
  week: string,
): string[] {
  const byStation = Map.groupBy(meetings, ({ stationId }) => stationId);
  return [...byStation.values()]
    .flatMap(ofStation =>
      ofStation
        .map(({ id }) => ({ id, rank: hash(`${week} ${id}`) }))
        .toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
        .slice(0, Math.max(1, Math.ceil(ofStation.length * checkedShare)))
        .map(({ id }) => id),
    )
    .toSorted();
}

/** FNV-1a with a final mix (murmur3's): neighbouring ids must not have neighbouring ranks. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
