import { eq } from 'drizzle-orm';
import { revisitForUpdate } from '../../../db/queries/loop/revisits.ts';
import { revisit } from '../../../db/schema/index.ts';
import { asSystem } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed, wrongState } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import { hiddenAs, meetingIncident, requireVault } from '../meeting/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/**
 * Somebody came back to her, or need not any more. One that was missed may still be done: late is better than never, and the log
 * says both. Throws notFound, forbidden, alreadyClosed; conflict when it has ended.
 */
export function endRevisit(
  deps: ServiceDeps,
  call: Call,
  revisitId: string,
  to: 'done' | 'cancelled',
  note: string | undefined,
): Promise<Done<{ revisitId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'meeting.hold');
    const known = await asSystem(work.tx, () => revisitForUpdate(work.tx, revisitId));
    if (!known) throw noSuch('revisit', revisitId);
    const { incidentId, state } = known;
    const { ground } = await hiddenAs({ what: 'revisit', id: revisitId }, () =>
      meetingIncident(work.tx, work.actor, 'meeting.hold', incidentId, 'share'),
    );
    requireVault(ground);
    const expected = to === 'done' ? ['planned', 'missed'] : ['planned'];
    if (!expected.includes(state)) {
      throw wrongState('revisit', state, expected);
    }
    const noteId = await keepText(work, incidentId, note);
    await work.tx
      .update(revisit)
      .set({ state: to, endedBy: work.actorId, endedAt: work.at, noteId })
      .where(eq(revisit.id, revisitId));
    work.append({
      kind: 'revisitMoved',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, revisitId, to },
    });
    work.audit({ action: 'revisit.end', resource: revisitId, incidentId, detail: { to } });
    return { revisitId };
  });
}
