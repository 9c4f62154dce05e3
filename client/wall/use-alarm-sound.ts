import { useEffect, useRef, useState } from 'react';
import { playTones, type Tones } from '../ui/play-tones.ts';
import { type Alarm, type Priority, unheard } from './alarms.ts';

/** Three falling tones for what may cost her the money, two for what is overdue; what merely will be is silent. */
const grave: Tones = { hertz: [880, 660, 440], stepS: 0.22, sounding: 0.8, volume: 0.3 };
const tones: Record<Exclude<Priority, 3>, Tones> = { 1: grave, 2: { ...grave, hertz: [660, 520] } };

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
    if (gravest && gravest !== 3 && audio.current?.state === 'running')
      playTones(audio.current, tones[gravest]);
  }, [alarms]);
  return audible;
}
