import { sayDone } from '../desk-store.ts';

/** The second window's name: opened again, the one that is there comes to the front. */
const name = 'jianmian-map';

/** Opens the map for the second screen; says `blocked` where the browser does not let us. */
export function openMapWindow(blocked: string): void {
  const query = new URLSearchParams(location.search);
  query.set('window', 'map');
  const opened = globalThis.open(`/desk?${query}`, name, 'popup,width=1280,height=800');
  if (opened) opened.focus();
  else sayDone(blocked);
}

/** Whether this is that second window. */
export const isMapWindow = (): boolean => new URLSearchParams(location.search).get('window') === 'map';
