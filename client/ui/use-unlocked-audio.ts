import { type RefObject, useEffect, useRef } from 'react';

/** An audio context as soon as there may be one: browsers let a page sound only after it was touched. */
export function useUnlockedAudio(): RefObject<AudioContext | null> {
  const context = useRef<AudioContext | null>(null);
  useEffect(() => {
    const unlock = () => {
      context.current ??= new AudioContext();
      void context.current.resume();
    };
    if (navigator.userActivation?.hasBeenActive) unlock();
    else document.addEventListener('pointerdown', unlock, { once: true });
    return () => {
      document.removeEventListener('pointerdown', unlock);
      void context.current?.close();
      context.current = null;
    };
  }, []);
  return context;
}
