/**
 * What a phone needs to open the crew's page without network: its built files, who is signed in, and the tasks as they
 * were last told. The cookie stays the only key to the server; all of this goes with the session.
 */
import type { TaskView } from '../api/tasks.ts';
import type { Session } from '../api/session.ts';
import { systemNow } from '../clock/clock.ts';
import { isRecord } from '../app/kept.ts';
import { forgetOnPhone, keepOnPhone, keptOnPhone } from './keep.ts';

const page = '/field';
const worker = '/field-worker.js';
const files = 'jianmian-field';
const sessionName = 'session';
const tasksName = 'tasks';
/** About one shift: then the server has to say again who this is. */
const keptForMs = 12 * 3_600_000;

/** Keeps who is signed in, and the files that the page consists of. Browsers allow the latter only where nobody can listen in. */
export async function keepOffline(session: Session): Promise<void> {
  keepOnPhone(sessionName, { session, atMs: systemNow() });
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(worker, { scope: page });
    const { active } = await navigator.serviceWorker.ready;
    const { origin } = location;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage(loaded.filter(name => name.startsWith(`${origin}/assets/`)));
  } catch {
    // Then the page needs the network to open.
  }
}

/** Who was signed in on this phone, for the crew's page while the server cannot be reached; null: nobody, or long ago. */
export function keptSession(): Session | null {
  if (location.pathname !== page) return null;
  const kept = keptOnPhone(sessionName);
  if (!isRecord(kept) || !isRecord(kept['session'])) return null;
  return systemNow() - Number(kept['atMs']) < keptForMs ? (kept['session'] as unknown as Session) : null;
}

export const keepTasks = (unitId: string, tasks: readonly TaskView[]): void =>
  keepOnPhone(tasksName, { unitId, tasks });

/** The unit's tasks as the server last told them; null: it never did. */
export function keptTasks(unitId: string | null): readonly TaskView[] | null {
  const kept = keptOnPhone(tasksName);
  return isRecord(kept) && kept['unitId'] === unitId ? (kept['tasks'] as readonly TaskView[]) : null;
}

/** Nothing of it may stay when the session is over. */
export async function forgetOffline(): Promise<void> {
  forgetOnPhone(sessionName);
  forgetOnPhone(tasksName);
  if (!('serviceWorker' in navigator)) return;
  const registered = await navigator.serviceWorker.getRegistration(page);
  await registered?.unregister();
  await caches.delete(files);
}
