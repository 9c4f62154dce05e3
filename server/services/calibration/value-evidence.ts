import { and, eq, isNull } from 'drizzle-orm';
import { type CaseFacts, factsOfCase, foundCase, unvaluedCase } from '../../../db/queries/calibration.ts';
import { readPriors } from '../../locating/gather.ts';
import { calibrationEvidence, calibrationScore } from '../../../db/schema/index.ts';
import { SYSTEM } from '../../../db/transaction.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import type { BeliefQuestion, PriorTables } from '../../locating/protocol.ts';
import { posteriorView } from '../../locating/record.ts';
import type { LocatorThread } from '../../locating/thread.ts';
import { scoreOf } from '../../reports/calibration/score.ts';
import { perform } from '../unit-of-work.ts';
import { positionOf } from './score.ts';

type Locator = Pick<LocatorThread, 'ask' | 'forget'>;

/**
 * Values the evidence of the oldest closed case that waits for it: what the log score of the belief just before the find loses
 * when all sightings of one kind are left out, worked out anew both ways by the same locator with the same draws. False when no
 * case waits.
 */
export async function valueEvidence(deps: ServiceDeps, locator: Locator): Promise<boolean> {
  const read = await deps.database.read(async tx => {
    const incidentId = await unvaluedCase(tx);
    if (incidentId === undefined) return undefined;
    const found = await foundCase(tx, incidentId);
    const position = found && (await positionOf(tx, found));
    const facts = found && (await factsOfCase(tx, incidentId, found.foundAtMs));
    const priors = await readPriors(tx);
    return { incidentId, priors, known: found && facts && position ? { found, facts, position } : undefined };
  }, SYSTEM);
  if (!read) return false;
  const { incidentId, priors, known } = read;
  const valued: { kind: string; bits: number }[] = [];
  if (known) {
    const { found, facts, position } = known;
    const kinds = [...new Set(facts.sightings.map(({ detail }) => detail.kind))];
    // One name for all: the draws follow from it.
    const name = `valued ${incidentId}`;
    const bitsOf = async (without: string | null): Promise<number> => {
      const answer = await locator.ask(questionOf(name, facts, priors, found.foundAtMs, without));
      const view = posteriorView(answer.posterior, { seq: 0, atMs: found.foundAtMs }, 'zh');
      return scoreOf(view, position).bits;
    };
    const all = kinds.length > 0 ? await bitsOf(null) : 0;
    for (const kind of kinds) valued.push({ kind, bits: (await bitsOf(kind)) - all });
    locator.forget(name);
  }
  await perform(deps, { actor: clockActor }, async ({ tx, at }) => {
    const claimed = await tx
      .update(calibrationScore)
      .set({ valuedAt: at })
      .where(
        and(
          eq(calibrationScore.incidentId, incidentId),
          eq(calibrationScore.moment, 'found'),
          isNull(calibrationScore.valuedAt),
        ),
      )
      .returning({ id: calibrationScore.incidentId });
    if (claimed.length > 0 && valued.length > 0)
      await tx.insert(calibrationEvidence).values(valued.map(each => ({ incidentId, ...each })));
  });
  return true;
}

function questionOf(
  incidentId: string,
  { sightings, ...about }: CaseFacts,
  priors: PriorTables,
  nowMs: number,
  without: string | null,
): BeliefQuestion {
  return {
    ...about,
    incidentId,
    nowMs,
    sightings: sightings.filter(({ detail }) => detail.kind !== without),
    priors,
    // What cannot be known of then is the same for both ways: which cameras were down, which roads were closed.
    downCameraIds: [],
    closed: { edges: [], darts: [] },
    restBefore: null,
    units: [],
    unavailable: [],
  };
}
