/** What a fork says of itself, on the page and on paper; the words come from the language. Pure. */
import type { afterActionWords } from './after-action-words.ts';
import type { SaidChange, WhatIfView } from './what-if.ts';

type Words = Pick<
  typeof afterActionWords,
  | 'sightings'
  | 'methods'
  | 'policies'
  | 'changes'
  | 'earlier'
  | 'later'
  | 'noDifference'
  | 'medians'
  | 'never'
>;

/** A change in a few words; `clock` writes an instant. */
export function changeSaid(change: SaidChange, words: Words, clock: (at: string) => string): string {
  const { callsign = '', place = '', sighting } = change;
  const seen = sighting ? `${words.sightings[sighting.kind]} ${clock(sighting.observedAt)}` : '';
  switch (change.kind) {
    case 'order':
      return words.changes.order(callsign, place, words.methods[change.method]);
    case 'withdraw':
      return words.changes.withdraw(callsign);
    case 'removeFact':
      return words.changes.removeFact(seen);
    case 'addFact':
      return words.changes.addFact(seen);
    case 'policy':
      return words.changes.policy(words.policies[change.policy]);
  }
}

/** An interval that holds 0 tells of no difference, whatever the mean. */
export const isDifferent = ({ earlierMin: { low, high } }: WhatIfView['result']): boolean =>
  low > 0 || high < 0;

/** How much earlier or later she would have been met. */
export function differenceSaid(result: WhatIfView['result'], words: Words): string {
  const minutes = (value: number) => Math.abs(value).toFixed(1);
  const { mean, low, high } = result.earlierMin;
  const sentence = mean >= 0 ? words.earlier : words.later;
  const ends = [low, high].toSorted((a, b) => Math.abs(a) - Math.abs(b)).map(minutes) as [string, string];
  const median = (value: number | null) => (value === null ? words.never : minutes(value));
  const first = isDifferent(result)
    ? sentence(minutes(mean), ...ends)
    : words.noDifference(low.toFixed(1), high.toFixed(1));
  return `${first} ${words.medians(median(result.asItWas.medianMin), median(result.changed.medianMin))}`;
}
