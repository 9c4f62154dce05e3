import { CodedError } from '#contract/errors.ts';
import { accessReasonSchema } from '#contract/incident.ts';
import type { Tx } from '../../../db/transaction.ts';
import { type AuthorityRow, validAuthority } from '../../../db/queries/authority.ts';
import type { IncidentAccess } from '../../../db/queries/incident-access.ts';
import { traceIsGone, validReview } from '../../../db/queries/review.ts';
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

type Missing = ReturnType<typeof missingForTrace>[number];
/** What a look rests on, and what it lacks. */
interface Standing<A> {
  authority: A | undefined;
  missing: Missing[];
}

/**
 * Runs `act` if the caller may look at the incident's trace now: open incident, membership, valid authority, reason
 * (S1). Whatever `act` writes, its audit row included, is committed when this resolves; only then may the trace be
 * read (S3). A refusal is audited too. Throws traceNotAllowed with `missing`, notFound, forbidden.
 */
export const withGrant = <T>(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
  act: (work: Work, grant: Grant) => Promise<T>,
): Promise<T> => granted(deps, { actor, incidentId, reasonHeader, standing: standingNow }, act);

/** A look at what is recorded of a trace. */
export interface RecordedGrant extends Omit<Grant, 'authority'> {
  authority: { id: string; expiresAt: number };
}

/**
 * As `withGrant`, of the recorded trace: while the incident is open under the same conditions; when it is closed, on a
 * review authority that the caller asked for and somebody else approved, with a reason. Throws notFound too when the
 * trace was purged.
 */
export const withReplayGrant = <T>(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
  act: (work: Work, grant: RecordedGrant) => Promise<T>,
): Promise<T> => granted(deps, { actor, incidentId, reasonHeader, standing: standingThen }, act);

interface Asked<A> {
  actor: Actor;
  incidentId: string;
  reasonHeader: string | undefined;
  standing: (
    work: Work,
    user: UserActor,
    incident: IncidentAccess,
    reasonGiven: boolean,
  ) => Promise<Standing<A>>;
}

async function granted<A extends { id: string }, T>(
  deps: ServiceDeps,
  { actor, incidentId, reasonHeader, standing }: Asked<A>,
  act: (work: Work, grant: Omit<Grant, 'authority'> & { authority: A }) => Promise<T>,
): Promise<T> {
  // No idempotency key here: each look is a look of its own, with its own audit row.
  const { reply } = await perform<{ granted: T } | { missing: Missing[] }>(deps, { actor }, async work => {
    requireAllowed(actor, 'trace.look');
    const user = requireUser(actor, 'only a person can look at a trace');
    // Asked as a reader: that he is not on the incident is one of the things that may be missing.
    const incident = await loadIncident(work.tx, actor, 'incident.read', incidentId, 'share');
    const reason = decodeReason(reasonHeader);
    const { authority, missing } = await standing(work, user, incident, reason !== undefined);
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

async function standingNow(
  { tx, at }: Work,
  { userId }: UserActor,
  { id, state, members }: IncidentAccess,
  reasonGiven: boolean,
): Promise<Standing<AuthorityRow>> {
  const authority = await validAuthority(tx, id, userId, at);
  const missing = missingForTrace({
    open: state === 'open',
    member: members.includes(userId),
    authorityValid: authority !== undefined,
    reasonGiven,
  });
  return { authority, missing };
}

/** Throws notFound when the trace of an incident was purged. */
export async function requireTraceKept(tx: Tx, incidentId: string): Promise<void> {
  if (await traceIsGone(tx, incidentId))
    throw new CodedError('notFound', 'the trace of this incident was purged: its retention is over');
}

async function standingThen(
  work: Work,
  user: UserActor,
  incident: IncidentAccess,
  reasonGiven: boolean,
): Promise<Standing<RecordedGrant['authority']>> {
  if (incident.state === 'open') return standingNow(work, user, incident, reasonGiven);
  await requireTraceKept(work.tx, incident.id);
  const authority = await validReview(work.tx, incident.id, user.userId, work.at);
  return {
    authority,
    missing: missingForTrace({
      open: true,
      member: true,
      authorityValid: authority !== undefined,
      reasonGiven,
    }),
  };
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
