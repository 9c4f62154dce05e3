import { CodedError } from '#contract/errors.ts';
import { accessReasonSchema } from '#contract/incident.ts';
import { type AuthorityRow, validAuthority } from '../../../db/queries/authority.ts';
import type { Actor, UserActor } from '../../auth/actor.ts';
import { missingForTrace } from '../../auth/policy.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { perform, type Work } from '../unit-of-work.ts';

/** A look that may happen: who, on which authority, and why. */
export interface Grant {
  user: UserActor;
  authority: AuthorityRow;
  reason: string;
}

type Verdict<T> = { granted: T } | { missing: string[] };

/**
 * Runs `act` if the caller may look at the incident's trace now: open incident, membership, valid authority, reason
 * (S1). Whatever `act` writes, its audit row included, is committed when this resolves; only then may the trace be
 * read (S3). A refusal is audited too. Throws traceNotAllowed with `missing`, notFound, forbidden.
 */
export async function withGrant<T>(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
  act: (work: Work, grant: Grant) => Promise<T>,
): Promise<T> {
  // No idempotency key here: each look is a look of its own, with its own audit row.
  const { reply } = await perform<Verdict<T>>(deps, { actor }, async work => {
    requireAllowed(actor, 'trace.look');
    const user = requireUser(actor, 'only a person can look at a trace');
    // Asked as a reader: that he is not on the incident is one of the things that may be missing.
    const incident = await loadIncident(work.tx, actor, 'incident.read', incidentId, 'share');
    const authority = await validAuthority(work.tx, incidentId, user.userId, work.at);
    const reason = decodeReason(reasonHeader);
    const missing = missingForTrace({
      open: incident.state === 'open',
      member: incident.members.includes(user.userId),
      authorityValid: authority !== undefined,
      reasonGiven: reason !== undefined,
    });
    if (missing.length > 0 || !authority || reason === undefined) {
      work.audit({ action: 'trace.refuse', resource: incidentId, incidentId, detail: { missing } });
      return { missing };
    }
    return { granted: await act(work, { user, authority, reason }) };
  });
  if ('granted' in reply) return reply.granted;
  throw new CodedError('traceNotAllowed', 'the trace of this incident is not open to you now', {
    missing: reply.missing,
  });
}

/** The reason as text: header values are ASCII, so it comes percent-encoded. Undefined when it is no reason. */
function decodeReason(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  let text = header;
  try {
    text = decodeURIComponent(header);
  } catch {
    // A plain text with a percent sign in it.
  }
  return accessReasonSchema.safeParse(text).data;
}
