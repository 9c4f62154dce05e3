import { useEffect, useRef } from 'react';
import { useUnlockedAudio } from '../ui/use-unlocked-audio.ts';
import type { News } from './news.ts';

const buzzMs = [300, 150, 300, 150, 600];
/** Hz: up for what is new, down for what is over. */
const rising = [660, 880, 1180];
const falling = [880, 660, 440];
const toneS = 0.18;

/** Sounds and buzzes once for each piece of news that was not there before. */
export function useAlarm(news: readonly News[]): void {
  const context = useUnlockedAudio();
  // What is unread from the last visit rang then.
  const heard = useRef(new Set(news.map(keyOf)));
  useEffect(() => {
    const fresh = news.filter(each => !heard.current.has(keyOf(each)));
    heard.current = new Set(news.map(keyOf));
    const loud = fresh.find(({ kind }) => kind !== 'recorded');
    if (!loud) return;
    // Before a page was touched browsers refuse both.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(buzzMs);
    if (context.current) play(context.current, loud.kind === 'ordered' ? rising : falling);
  }, [news, context]);
}

const keyOf = ({ taskId, kind, at }: News) => `${taskId} ${kind} ${at}`;

function play(context: AudioContext, tones: readonly number[]): void {
  const volume = context.createGain();
  volume.gain.value = 0.4;
  volume.connect(context.destination);
  for (const [index, hertz] of tones.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(context.currentTime + index * toneS);
    tone.stop(context.currentTime + (index + 1) * toneS);
  }
}
