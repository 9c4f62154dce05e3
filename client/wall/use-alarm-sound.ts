import { useEffect, useRef, useState } from 'react';
import { type Alarm, type Priority, unheard } from './alarms.ts';

/** Hz, one after the other: three falling for what may cost her the money, two for what is overdue, one for what will be. */
const tones: Record<Priority, readonly number[]> = { 1: [880, 660, 440], 2: [660, 520], 3: [520] };
const toneS = 0.22;

/**
 * Sounds once for each alarm of priority 1 and 2 that was not there before; those there at the start rang when they came.
 * False while the browser lets the page make no sound; a kiosk is started with the switch that allows it.
 */
export function useAlarmSound(alarms: readonly Alarm[]): boolean {
  const known = useRef<ReadonlySet<string> | null>(null);
  const audio = useRef<AudioContext | null>(null);
  const [audible, setAudible] = useState(true);
  useEffect(() => {
    const context = new AudioContext();
    audio.current = context;
    const look = () => setAudible(context.state === 'running');
    context.addEventListener('statechange', look);
    look();
    return () => {
      context.removeEventListener('statechange', look);
      void context.close();
      audio.current = null;
    };
  }, []);
  useEffect(() => {
    const gravest = known.current && unheard(alarms, known.current);
    known.current = new Set(alarms.map(({ key }) => key));
    if (gravest && gravest < 3 && audio.current?.state === 'running') play(audio.current, tones[gravest]);
  }, [alarms]);
  return audible;
}

function play(context: AudioContext, hertz: readonly number[]): void {
  const volume = context.createGain();
  volume.gain.value = 0.3;
  volume.connect(context.destination);
  for (const [index, frequency] of hertz.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(context.currentTime + index * toneS);
    tone.stop(context.currentTime + (index + 0.8) * toneS);
  }
}
