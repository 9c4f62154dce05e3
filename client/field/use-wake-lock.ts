import { useEffect } from 'react';

/** Keeps the screen on while `wanted` and the page is in sight, where the browser can. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (over) await lock.release();
      } catch {
        // A low battery refuses: the page works all the same.
      }
    };
    // Hiding the page ends the lock.
    const renew = () => void hold();
    document.addEventListener('visibilitychange', renew);
    renew();
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', renew);
      void lock?.release().catch(() => {});
    };
  }, [wanted]);
}
