/** Paths of the pages, and going from one to another without loading the document again. */
import { useSyncExternalStore } from 'react';

export type Page =
  | { name: 'home' }
  | { name: 'login' }
  | { name: 'desk'; incidentId: string | null }
  | { name: 'wall' }
  | { name: 'field' }
  | { name: 'station'; stationId: string | null }
  | { name: 'letter'; stopId: string }
  | { name: 'account' }
  | { name: 'admin'; section: string | null }
  | { name: 'audit'; section: string | null }
  | { name: 'today' }
  | { name: 'handover' }
  | { name: 'reports' }
  | { name: 'calibration' }
  /** `of`: an incident's id, or a span of the centre. */
  | { name: 'replay'; of: string | null }
  | { name: 'afterAction'; incidentId: string }
  | { name: 'notFound' };

/** The page at a path (without query). */
export function pageAt(path: string): Page {
  const [first = '', second, ...rest] = path.split('/').filter(part => part !== '');
  if (first === 'replay' && second !== undefined && rest.length === 1 && rest[0] === 'report')
    return { name: 'afterAction', incidentId: decode(second) };
  if (rest.length > 0) return { name: 'notFound' };
  if (first === '') return { name: 'home' };
  if (first === 'station')
    return { name: 'station', stationId: second === undefined ? null : decode(second) };
  if (first === 'letter' && second !== undefined) return { name: 'letter', stopId: decode(second) };
  if (first === 'desk') return { name: 'desk', incidentId: second === undefined ? null : decode(second) };
  if (first === 'replay') return { name: 'replay', of: second === undefined ? null : decode(second) };
  if (first === 'admin' || first === 'audit') return { name: first, section: second ?? null };
  const alone =
    first === 'wall' ||
    first === 'field' ||
    first === 'account' ||
    first === 'login' ||
    first === 'today' ||
    first === 'handover' ||
    first === 'reports' ||
    first === 'calibration';
  if (second === undefined && alone) return { name: first };
  return { name: 'notFound' };
}

export const deskPath = (incidentId: string | null) =>
  incidentId === null ? '/desk' : `/desk/${encodeURIComponent(incidentId)}`;

export const replayPath = (of: string) => `/replay/${encodeURIComponent(of)}`;

export const afterActionPath = (incidentId: string) => `${replayPath(incidentId)}/report`;

export const stationPath = (stationId: string) => `/station/${encodeURIComponent(stationId)}`;

export const letterPath = (stopId: string) => `/letter/${encodeURIComponent(stopId)}`;

/** Goes to a path of this application. The query (theme, motion) of a kiosk address stays. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (path === location.pathname) return;
  const target = path + location.search;
  if (how === 'push') history.pushState(null, '', target);
  else history.replaceState(null, '', target);
  globalThis.dispatchEvent(new PopStateEvent('popstate'));
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('popstate', listener);
  return () => globalThis.removeEventListener('popstate', listener);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
