import { eq } from 'drizzle-orm';
import { targetOf } from '#domain/loop/clock.ts';
import { setTargets } from '../../../db/queries/loop/clocks.ts';
import { dispatchOrder, incident } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

/** By when she is to be met: by her risk from now; an order in another's place has that one's time, for she waits no less. */
export async function meetDueAt(work: Work, incidentId: string, replaces?: string): Promise<Date | null> {
  if (replaces !== undefined) {
    const [before] = await work.tx
      .select({ meetDueAt: dispatchOrder.meetDueAt })
      .from(dispatchOrder)
      .where(eq(dispatchOrder.id, replaces));
    if (before?.meetDueAt) return before.meetDueAt;
  }
  const [found] = await work.tx
    .select({ risk: incident.risk })
    .from(incident)
    .where(eq(incident.id, incidentId));
  if (!found) return null;
  const { targetS } = targetOf('meeting', found.risk, await setTargets(work.tx));
  return new Date(work.at.getTime() + targetS * 1000);
}
