import type { BeliefReason } from '#contract/posterior.ts';
import { belief } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { perform, type Work } from '../unit-of-work.ts';

/** A belief and its plan, to be kept. Both are JSON, gzip. */
export interface BeliefToStore {
  incidentId: string;
  /** The last fact that it knows. */
  seq: number;
  atMs: number;
  because: BeliefReason;
  restOfWorld: number;
  entropyBits: number;
  posterior: Uint8Array;
  plan: Uint8Array;
}

/**
 * Keeps a belief. The first one at a seq is what was believed then: it stays for ever, and the log says that it was made,
 * not what it says. Later ones at the same seq replace each other, without a row in the log. Throws alreadyClosed,
 * notFound.
 */
export async function storeBelief(deps: ServiceDeps, made: BeliefToStore): Promise<void> {
  await perform(deps, { actor: { kind: 'system', name: 'locating' } }, async work => {
    const { incidentId, seq: ofSeq, because } = made;
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.read', incidentId, 'share'));
    if (because !== 'time' && (await insertFirst(work, made))) {
      const payload = { incidentId, ofSeq, because };
      work.append({
        kind: 'beliefComputed',
        incidentId,
        observedAt: new Date(made.atMs).toISOString(),
        payload,
      });
    } else await replaceLater(work, made);
  });
}

/** False when something was believed at this seq already. */
async function insertFirst(work: Work, made: BeliefToStore): Promise<boolean> {
  const inserted = await work.tx
    .insert(belief)
    .values({ ...columnsOf(made), byTime: false })
    .onConflictDoNothing()
    .returning({ seq: belief.seq });
  return inserted.length > 0;
}

async function replaceLater(work: Work, made: BeliefToStore): Promise<void> {
  const columns = { ...columnsOf(made), because: 'time' as const };
  await work.tx
    .insert(belief)
    .values({ ...columns, byTime: true })
    .onConflictDoUpdate({ target: [belief.incidentId, belief.seq, belief.byTime], set: columns });
}

const columnsOf = ({ atMs, ...columns }: BeliefToStore) => ({ ...columns, at: new Date(atMs) });
