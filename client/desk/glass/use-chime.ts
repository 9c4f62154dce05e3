import { useEffect, useRef } from 'react';
import { useUnlockedAudio } from '../../ui/use-unlocked-audio.ts';

/** Hz: two rising pairs, unlike any sound of the crews' phones. */
const tones = [520, 780, 520, 780];
const toneS = 0.16;

/** Sounds once for each id that was not there before; those of the first time rang when they came. */
export function useChime(ids: readonly string[]): void {
  const audio = useUnlockedAudio();
  const known = useRef(new Set(ids));
  const list = ids.join(' ');
  useEffect(() => {
    const fresh = ids.filter(id => !known.current.has(id));
    known.current = new Set(ids);
    if (fresh.length > 0 && audio.current) play(audio.current);
    // The ids are what `list` says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [list, audio]);
}

function play(context: AudioContext): void {
  const volume = context.createGain();
  volume.gain.value = 0.3;
  volume.connect(context.destination);
  for (const [index, hertz] of tones.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(context.currentTime + index * toneS);
    tone.stop(context.currentTime + (index + 0.8) * toneS);
  }
}
