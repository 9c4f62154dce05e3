import { systemNow } from '../clock/clock.ts';
import { Hub } from './hub.ts';

/** A hub on what the browser (or worker) it runs in has. */
export function createBrowserHub(): Hub {
  return new Hub({
    fetch: (url, init) => fetch(url, init),
    now: systemNow,
    random: () => Math.random(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
}
