import { useState } from 'react';
import type { Clash } from '#contract/roster.ts';
import { ApiFailure } from '../../api/http.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';

/** In words: who is in which other shift. */
export function useClashWords(): (clashes: readonly Clash[]) => string {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
  const stamp = (at: string) => formats.timeShort(Date.parse(at));
  return clashes =>
    clashes
      .map(({ what, name, callsign, startsAt, endsAt }) =>
        texts.clashSays(texts.clash[what], name, callsign, stamp(startsAt), stamp(endsAt)),
      )
      .join('; ');
}

/** The server's refusal of a shift, in words: who is in which other one. */
export function useClashText(): { text: string | null; watch: <T>(work: Promise<T>) => Promise<T> } {
  const words = useClashWords();
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    setClashes([]);
    try {
      return await work;
    } catch (error) {
      const details = error instanceof ApiFailure ? (error.details as { clashes?: Clash[] } | null) : null;
      setClashes(details?.clashes ?? []);
      throw error;
    }
  };
  return { text: clashes.length > 0 ? words(clashes) : null, watch };
}
