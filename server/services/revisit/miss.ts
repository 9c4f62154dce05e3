import { and, eq, inArray, lt } from 'drizzle-orm';
import { dayOf, dayStartMs } from '#domain/shanghai.ts';
import { revisit } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

const atOnce = 200;

/**
 * Revisits whose day is over without anybody having come are missed: each once, whatever runs beside it, also those of days on
 * which nothing ran. Returns how many.
 */
export async function missRevisits(deps: ServiceDeps, signal?: AbortSignal): Promise<number> {
  let missed = 0;
  for (let more = true; more && !signal?.aborted; ) {
    const { reply } = await perform(deps, { actor: clockActor }, async work => {
      const over = lt(revisit.dueAt, new Date(dayStartMs(dayOf(work.at.getTime()))));
      const due = work.tx
        .select({ id: revisit.id })
        .from(revisit)
        .where(and(eq(revisit.state, 'planned'), over))
        .orderBy(revisit.id)
        .limit(atOnce)
        .for('update', { skipLocked: true });
      const ended = await work.tx
        .update(revisit)
        .set({ state: 'missed', endedBy: work.actorId, endedAt: work.at })
        .where(inArray(revisit.id, due))
        .returning({ id: revisit.id, incidentId: revisit.incidentId });
      for (const { id: revisitId, incidentId } of ended) {
        const payload = { incidentId, revisitId, to: 'missed' } as const;
        work.append({ kind: 'revisitMoved', incidentId, observedAt: work.now, payload });
        work.audit({ action: 'revisit.end', resource: revisitId, incidentId, detail: { to: 'missed' } });
      }
      return { count: ended.length };
    });
    missed += reply.count;
    more = reply.count === atOnce;
  }
  return missed;
}
