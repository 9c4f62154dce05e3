import { useEffect, useRef, useState } from 'react';
import { useLive } from '../store/live.ts';

/** Facts come in bursts; the board is asked for again at most this often. */
const leastMs = 2000;

/** Calls back some time after the world has heard of something. */
export function useFactsHeard(onHeard: () => void): void {
  const seq = useLive(live => live.world.seq);
  const heard = useRef(onHeard);
  useEffect(() => {
    heard.current = onHeard;
  }, [onHeard]);
  const [first] = useState(seq);
  const waiting = useRef(false);
  useEffect(() => {
    if (seq === first || waiting.current) return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      heard.current();
    }, leastMs);
  }, [seq, first]);
}
