import type { ScoredMoment } from '#contract/calibration.ts';
import { beliefBefore } from '../../../db/queries/belief.ts';
import { foundCase, type FoundCase } from '../../../db/queries/calibration.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { calibrationScore } from '../../../db/schema/index.ts';
import type { Tx } from '../../../db/transaction.ts';
import { posteriorView } from '../../locating/record.ts';
import { scoreOf } from '../../reports/calibration/score.ts';
import type { Work } from '../unit-of-work.ts';

const minuteMs = 60_000;

/**
 * Holds what was believed against where she was found, in the transaction that closes the incident: before beliefs are thinned
 * out, and once. A case without a found place, or of which nothing was believed, has no score. The transaction must have the
 * system's reach.
 */
export async function scoreBeliefs({ tx }: Work, incidentId: string): Promise<void> {
  const found = await foundCase(tx, incidentId);
  const position = found && (await positionOf(tx, found));
  if (!found || !position) return;
  const { openedAtMs, foundAtMs } = found;
  const moments: [ScoredMoment, number][] = [
    ['found', foundAtMs],
    ['at10', openedAtMs + 10 * minuteMs],
    ['at20', openedAtMs + 20 * minuteMs],
  ];
  for (const [moment, atMs] of moments) {
    // After the find nothing was believed of where she might be.
    if (atMs > foundAtMs) continue;
    const belief = await beliefBefore(tx, incidentId, atMs);
    if (!belief) continue;
    const score = scoreOf(posteriorView(belief.posterior, belief, 'zh'), position);
    await tx.insert(calibrationScore).values({ incidentId, moment, ...score });
  }
}

/** Where it was, if the region still knows the place. */
export const positionOf = async (tx: Tx, { placeId, position }: FoundCase) =>
  position ?? (placeId === null ? undefined : (await whereIs(tx, [placeId])).get(placeId));
