import { useState } from 'react';
import { ApiFailure } from '../../api/http.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';

interface Clash {
  what: 'unit' | 'vehicle' | 'officer';
  name: string;
  callsign: string;
  startsAt: string;
  endsAt: string;
}

/** The server's refusal of a shift, in words: who is in which other one. */
export function useClashText(): { text: string | null; watch: <T>(work: Promise<T>) => Promise<T> } {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
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
  const stamp = (at: string) => formats.timeShort(Date.parse(at));
  const said = clashes.map(({ what, name, callsign, startsAt, endsAt }) =>
    texts.clashSays(texts.clash[what], name, callsign, stamp(startsAt), stamp(endsAt)),
  );
  return { text: said.length > 0 ? said.join('; ') : null, watch };
}
