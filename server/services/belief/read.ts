import { CodedError } from '#contract/errors.ts';
import type { BeliefMark } from '#contract/posterior.ts';
import { beliefAt, beliefMarks, type StoredBelief } from '../../../db/queries/belief.ts';
import type { Actor } from '../../auth/actor.ts';
import { lookContextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { withGrant } from '../look/authorise.ts';

/** Who looks at what of an incident, and why: the header as it came. */
export interface BeliefLook {
  actor: Actor;
  incidentId: string;
  reason: string | undefined;
  what: 'posterior' | 'plan' | 'beliefs';
}

/** What works beliefs out. */
export interface BeliefSource {
  /** What is believed now, with every fact that is committed; undefined when the incident is not open. */
  now(incidentId: string): Promise<StoredBelief | undefined>;
}

/**
 * One look at where she may be, or at the plan: under the same conditions as at her sightings, and audited before anything
 * is read. With `seq` as it was believed when the log had come so far. Throws traceNotAllowed, notFound, forbidden.
 */
export async function readBelief(
  deps: ServiceDeps,
  source: BeliefSource,
  look: BeliefLook,
  seq?: number,
): Promise<StoredBelief> {
  await auditLook(deps, look);
  const { incidentId } = look;
  const found =
    seq === undefined
      ? await source.now(incidentId)
      : await deps.database.read(tx => beliefAt(tx, incidentId, seq), contextOfLook(deps, look));
  if (!found) throw new CodedError('notFound', 'nothing was believed of this incident by then');
  return found;
}

/** When something was believed, under the same conditions. */
export async function readBeliefMarks(deps: ServiceDeps, look: BeliefLook): Promise<BeliefMark[]> {
  await auditLook(deps, look);
  return deps.database.read(tx => beliefMarks(tx, look.incidentId), contextOfLook(deps, look));
}

const contextOfLook = ({ clock }: ServiceDeps, { actor, incidentId }: BeliefLook) =>
  lookContextOf(actor, incidentId, clock.now());

async function auditLook(deps: ServiceDeps, { actor, incidentId, reason, what }: BeliefLook): Promise<void> {
  await withGrant(deps, actor, incidentId, reason, async (work, grant) =>
    work.audit({
      action: 'trace.read',
      resource: incidentId,
      incidentId,
      reason: grant.reason,
      detail: { authorityId: grant.authority.id, what },
    }),
  );
}
