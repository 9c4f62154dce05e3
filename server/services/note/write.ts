import { incidentNote } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Writes a note of an incident, also of a closed one. The log learns that there is one, and nothing of what it says. */
export function writeNote(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  text: string,
): Promise<Done<{ noteId: string }>> {
  return perform(deps, call, async work => {
    await loadIncident(work.tx, work.actor, 'note.write', incidentId, 'share');
    const { userId } = requireUser(work.actor, 'only a person can write a note');
    const noteId = work.id('not');
    const bodyId = await keepText(work, incidentId, text);
    await work.tx
      .insert(incidentNote)
      .values({ id: noteId, incidentId, writtenBy: userId, writtenAt: work.at, bodyId });
    work.append({
      kind: 'noteWritten',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, noteId, writtenBy: userId },
    });
    work.audit({ action: 'note.write', resource: noteId, incidentId });
    return { noteId };
  });
}
