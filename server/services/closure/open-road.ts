import { and, eq, isNull, lte } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { roadClosure } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/** Opens a closed road again. Throws forbidden, notFound, conflict when it is open already. */
export function openRoad(
  deps: ServiceDeps,
  call: Call,
  closureId: string,
): Promise<Done<{ closureId: string }>> {
  requireAllowed(call.actor, 'road.close');
  return perform(deps, call, async work => {
    const [known] = await work.tx
      .select({ openedAt: roadClosure.openedAt })
      .from(roadClosure)
      .where(eq(roadClosure.id, closureId))
      .for('update');
    if (!known) throw notFound('closure');
    if (known.openedAt) throw new CodedError('conflict', 'this road has been opened already');
    await setOpen(work, closureId);
    return { closureId };
  });
}

/** Opens the roads whose time is over; returns how many. The router does not wait for it: it looks at the clock itself. */
export async function openExpiredRoads(deps: ServiceDeps): Promise<number> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const over = await work.tx
      .select({ id: roadClosure.id })
      .from(roadClosure)
      .where(and(isNull(roadClosure.openedAt), lte(roadClosure.untilAt, work.at)))
      .orderBy(roadClosure.id)
      .for('update');
    for (const { id } of over) await setOpen(work, id);
    return over.length;
  });
  return reply;
}

async function setOpen(work: Work, closureId: string): Promise<void> {
  await work.tx
    .update(roadClosure)
    .set({ openedBy: work.actorId, openedAt: work.at })
    .where(eq(roadClosure.id, closureId));
  work.append({ kind: 'roadOpened', observedAt: work.now, payload: { closureId } });
  work.audit({ action: 'road.open', resource: closureId });
}
