import { and, eq, or } from 'drizzle-orm';
import { belief } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * Of a closed incident's beliefs only those stay that a fact about her made, in the transaction that closes it: what time
 * and orders alone made is many times as much and says little more.
 */
export async function thinOutBeliefs(work: Work, incidentId: string): Promise<void> {
  const slight = or(eq(belief.byTime, true), eq(belief.because, 'task'));
  await work.tx.delete(belief).where(and(eq(belief.incidentId, incidentId), slight));
}
