import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { LineBody } from '#contract/lines.ts';
import { lineOwner } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/**
 * The asker answers for one of the three lines from now on, whoever did before; or no longer does. Throws alreadyClosed;
 * conflict when a line is given up that is not one's own.
 */
export function takeLine(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { line, take }: LineBody,
): Promise<Done<{ ownerId: string | null }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'line.take', incidentId, 'share'));
    const { userId } = requireUser(work.actor, 'only a person can answer for a line');
    if (take) {
      const owned = { userId, at: work.at };
      await work.tx
        .insert(lineOwner)
        .values({ incidentId, line, ...owned })
        .onConflictDoUpdate({ target: [lineOwner.incidentId, lineOwner.line], set: owned });
    } else {
      const own = and(
        eq(lineOwner.incidentId, incidentId),
        eq(lineOwner.line, line),
        eq(lineOwner.userId, userId),
      );
      const given = await work.tx.delete(lineOwner).where(own).returning({ line: lineOwner.line });
      if (given.length === 0) throw new CodedError('conflict', 'this line is not yours to give up');
    }
    const ownerId = take ? userId : null;
    work.append({
      kind: 'lineTaken',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, line, userId: ownerId },
    });
    work.audit({ action: 'line.take', resource: line, incidentId, detail: { take } });
    return { ownerId };
  });
}
