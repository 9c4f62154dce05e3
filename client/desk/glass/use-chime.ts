import { useEffect, useRef } from 'react';
import { playTones, type Tones } from '../../ui/play-tones.ts';
import { useUnlockedAudio } from '../../ui/use-unlocked-audio.ts';

/** Two rising pairs, unlike any sound of the crews' phones. */
const chime: Tones = { hertz: [520, 780, 520, 780], stepS: 0.16, sounding: 0.8, volume: 0.3 };

/** Sounds once for each id that was not there before; those of the first time rang when they came. */
export function useChime(ids: readonly string[]): void {
  const audio = useUnlockedAudio();
  const known = useRef(new Set(ids));
  const list = ids.join(' ');
  useEffect(() => {
    const fresh = ids.filter(id => !known.current.has(id));
    known.current = new Set(ids);
    if (fresh.length > 0 && audio.current) playTones(audio.current, chime);
    // The ids are what `list` says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [list, audio]);
}
