/** What the report says of single rows; the words come from the language. Pure. */
import type { AfterAction } from './after-action.ts';
import type { afterActionWords } from './after-action-words.ts';

type Words = Pick<
  typeof afterActionWords,
  'kept' | 'missed' | 'notDone' | 'void' | 'duration' | 'withdrawn' | 'corrected' | 'inTime'
>;

/** Whether a clock was kept, and by how much. */
export function clockSaid({ outcome, lateS }: AfterAction['clocks'][number], words: Words): string {
  if (outcome === 'void') return words.void;
  if (lateS === null) return words.notDone;
  return outcome === 'late' ? words.missed(words.duration(lateS)) : words.kept(words.duration(lateS));
}

/** What became of a sighting later. */
export function fateOf(
  { withdrawnAt, correctedAt }: AfterAction['known'][number],
  words: Words,
  clock: (at: string) => string,
): string {
  if (withdrawnAt !== null) return words.withdrawn(clock(withdrawnAt));
  return correctedAt === null ? words.inTime : words.corrected(clock(correctedAt));
}
