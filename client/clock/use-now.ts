import { useSyncExternalStore } from 'react';
import { liveStore } from '../store/live.ts';
import { systemNow } from './clock.ts';
import { serverTimeAt } from './server-time.ts';

/** Fast demo time is shown this often and not at each of its seconds. */
const leastMs = 250;
const mostMs = 1000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(serverNow() / 1000);

/** The server's time, ms: what every age on the screen counts from, however wrong this machine's clock is. */
export function serverNow(): number {
  return serverTimeAt(liveStore.getState().link, systemNow());
}

/** The server's time in whole seconds as ms; renders again each second, all components in the same instant. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => second * 1000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) begin();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) end();
  };
}

let unfollow = () => {};

function begin(): void {
  // Another word about the server's time counts at once: a replay is moved through its own.
  unfollow = liveStore.subscribe(({ link }, before) => {
    if (link !== before.link) tick();
  });
  tick();
}

function end(): void {
  unfollow();
  clearTimeout(timer);
}

function tick(): void {
  clearTimeout(timer);
  const now = serverNow();
  const current = Math.floor(now / 1000);
  const rate = liveStore.getState().link.clockRate;
  const nextMs = rate > 0 ? ((current + 1) * 1000 - now) / rate + 2 : mostMs;
  timer = setTimeout(tick, Math.min(mostMs + 2, Math.max(leastMs, nextMs)));
  if (current === second) return;
  second = current;
  for (const listener of listeners) listener();
}
