import { useEffect, useRef } from 'react';
import { playTones, type Tones } from '../ui/play-tones.ts';
import { useUnlockedAudio } from '../ui/use-unlocked-audio.ts';
import type { News } from './news.ts';

const buzzMs = [300, 150, 300, 150, 600];
/** Up for what is new, down for what is over. */
const rising: Tones = { hertz: [660, 880, 1180], stepS: 0.18, sounding: 1, volume: 0.4 };
const falling: Tones = { ...rising, hertz: [880, 660, 440] };

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
    if (context.current) playTones(context.current, loud.kind === 'ordered' ? rising : falling);
  }, [news, context]);
}

const keyOf = ({ taskId, kind, at }: News) => `${taskId} ${kind} ${at}`;
