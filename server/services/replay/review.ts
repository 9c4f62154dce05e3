import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { CodedError } from '#contract/errors.ts';
import type { authorityBodySchema } from '#contract/incident.ts';
import { longestReviewMs, type ReviewView } from '#contract/review.ts';
import { type ReviewRow, reviewForUpdate, reviewPapers } from '../../../db/queries/review.ts';
import { reviewAuthority } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { maskNumbers } from '../../auth/masking.ts';
import { can } from '../../auth/policy.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { requireTraceKept } from '../look/authorise.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

type Reviewed = Promise<Done<{ reviewId: string }>>;

/**
 * Asks to see the trace of a closed incident again; it allows nothing until somebody else approves it. Throws conflict while the
 * incident is open (a look is asked for otherwise), notFound when its trace was purged, invalidBody, forbidden.
 */
export const requestReview = (
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { number, legalBasis, reason, expiresAt }: z.infer<typeof authorityBodySchema>,
): Reviewed =>
  perform(deps, call, async work => {
    requireAllowed(work.actor, 'replay.review');
    const { state } = await loadIncident(work.tx, work.actor, 'replay.open', incidentId, 'share');
    const { userId: requestedBy } = requireUser(work.actor, 'only a person can ask for a review');
    if (state === 'open')
      throw new CodedError('conflict', 'this incident is open: ask for the authority to look at its trace');
    await requireTraceKept(work.tx, incidentId);
    const expires = new Date(expiresAt);
    const leftMs = expires.getTime() - work.at.getTime();
    if (leftMs <= 0 || leftMs > longestReviewMs)
      throw new CodedError('invalidBody', 'body field expiresAt: expected a time within the next 7 days');
    const reviewId = work.id('rva');
    await work.tx.insert(reviewAuthority).values({
      id: reviewId,
      incidentId,
      number,
      legalBasis,
      reason: maskNumbers(reason),
      requestedBy,
      requestedAt: work.at,
      expiresAt: expires,
    });
    work.audit({ action: 'review.request', resource: reviewId, incidentId, reason });
    return { reviewId };
  });

/** Approves what somebody else asked for. Throws conflict when it is approved, ended or expired already, forbidden, notFound. */
export const approveReview = (deps: ServiceDeps, call: Call, reviewId: string): Reviewed =>
  perform(deps, call, async work => {
    const { row, decider } = await loadReview(work, reviewId);
    requireAllowed(work.actor, 'authority.decide');
    if (row.requestedBy === decider)
      throw new CodedError('forbidden', 'a review is approved by somebody else than who asked for it', {
        rule: 'fourEyes',
      });
    if (row.ended) throw new CodedError('conflict', 'this review was ended');
    if (row.approvedBy !== null) throw new CodedError('conflict', 'this review is approved already');
    if (row.expiresAt <= work.at.getTime())
      throw new CodedError('conflict', 'this review has expired; ask for a new one');
    await work.tx
      .update(reviewAuthority)
      .set({ approvedBy: decider, approvedAt: work.at })
      .where(eq(reviewAuthority.id, reviewId));
    work.audit({ action: 'review.approve', resource: reviewId, incidentId: row.incidentId });
    return { reviewId };
  });

/** Ends a review, asked for or approved: by whoever decides on authorities, or by its asker. Throws conflict when it is over. */
export const endReview = (deps: ServiceDeps, call: Call, reviewId: string): Reviewed =>
  perform(deps, call, async work => {
    const { row, decider } = await loadReview(work, reviewId);
    if (row.requestedBy !== decider) requireAllowed(work.actor, 'authority.decide');
    const ended = await work.tx
      .update(reviewAuthority)
      .set({ endedBy: decider, endedAt: work.at })
      .where(and(eq(reviewAuthority.id, reviewId), isNull(reviewAuthority.endedAt)))
      .returning({ id: reviewAuthority.id });
    if (ended.length === 0) throw new CodedError('conflict', 'this review was ended already');
    work.audit({ action: 'review.end', resource: reviewId, incidentId: row.incidentId });
    return { reviewId };
  });

/** The reviews of an incident, or all that wait: everybody's for who decides, else one's own. */
export async function listReviews(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string | undefined,
): Promise<ReviewView[]> {
  requireAllowed(actor, 'replay.review');
  const { userId } = requireUser(actor);
  const askedBy = can(actor, 'authority.decide') === 'allow' ? null : userId;
  return deps.database.read(async tx => {
    if (incidentId === undefined) return reviewPapers(tx, { askedBy, waitingAt: new Date(deps.clock.now()) });
    await loadIncident(tx, actor, 'replay.open', incidentId);
    return reviewPapers(tx, { askedBy, incidentId });
  }, contextOf(actor));
}

async function loadReview(
  { tx, actor }: Work,
  reviewId: string,
): Promise<{ row: ReviewRow; decider: string }> {
  requireAllowed(actor, 'replay.review');
  const { userId: decider } = requireUser(actor, 'only a person can decide on a review');
  const row = await reviewForUpdate(tx, reviewId);
  if (!row || (row.requestedBy !== decider && can(actor, 'authority.decide') !== 'allow'))
    throw notFound('review');
  await loadIncident(tx, actor, 'replay.open', row.incidentId, 'share');
  return { row, decider };
}
