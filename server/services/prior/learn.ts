import { sql } from 'drizzle-orm';
import { hourBands } from '#contract/prior.ts';
import { bandOf } from '#locate/belief/prior.ts';
import { foundKind, foundOfIncident } from '../../../db/queries/prior.ts';
import { priorCount } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * Counts where the subject of an incident was found, in the transaction that closes it. One that names no place and no
 * position teaches nothing.
 */
export async function learnFrom(work: Work, incidentId: string): Promise<void> {
  const found = await foundOfIncident(work.tx, incidentId);
  const placeKind = found && (await foundKind(work.tx, found));
  if (!placeKind) return;
  const { scamType, hour } = found;
  const hourBand = hourBands[bandOf(hour)]!;
  await work.tx
    .insert(priorCount)
    .values({ scamType, placeKind, hourBand, n: 1 })
    .onConflictDoUpdate({
      target: [priorCount.scamType, priorCount.placeKind, priorCount.hourBand],
      set: { n: sql`${priorCount.n} + 1` },
    });
}
