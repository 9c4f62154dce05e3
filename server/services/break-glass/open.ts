import type { z } from 'zod';
import { glassMs, glassReviewMs, type glassReplySchema } from '#contract/break-glass.ts';
import { CodedError } from '#contract/errors.ts';
import { validAuthority } from '../../../db/queries/authority.ts';
import { authority, breakGlass, incidentMember } from '../../../db/schema/index.ts';
import { maskNumbers } from '../../auth/masking.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/** Why nothing but a user breaks the glass or reviews that. */
export const onlyPeople = 'only a person can answer for this';

type GlassReply = z.infer<typeof glassReplySchema>;

/**
 * Opens the trace of an open incident to one leader for half an hour, before anybody could approve it. What authorities stand
 * for is kept: it has a reason and an end, can be revoked, and every look is audited. Instead of an approval before there is a
 * review after. Throws notFound, forbidden, alreadyClosed; conflict when the leader may look anyway.
 */
export function openGlass(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  reason: string,
): Promise<Done<GlassReply>> {
  return perform(deps, call, async work => {
    const incident = await loadIncident(work.tx, work.actor, 'breakGlass.open', incidentId, 'update');
    requireOpen(incident);
    const user = requireUser(work.actor, onlyPeople);
    if (await validAuthority(work.tx, incidentId, user.userId, work.at))
      throw new CodedError(
        'conflict',
        'the trace may be opened without breaking the glass: an authority holds',
      );
    if (!incident.members.includes(user.userId)) await join(work, incidentId, user.userId);
    const opened = {
      incidentId,
      reason: maskNumbers(reason),
      openedBy: user.userId,
      authorityId: work.id('aut'),
    };
    const expiresAt = new Date(work.at.getTime() + glassMs);
    const reviewDueAt = new Date(work.at.getTime() + glassReviewMs);
    await keep(work, opened, { expiresAt, reviewDueAt });
    const { authorityId, openedBy } = opened;
    const reply = {
      authorityId,
      expiresAt: expiresAt.toISOString(),
      reviewDueAt: reviewDueAt.toISOString(),
    };
    work.append({
      kind: 'glassBroken',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, openedBy, ...reply },
    });
    work.audit({ action: 'glass.break', resource: authorityId, incidentId, reason });
    return reply;
  });
}

interface Opened {
  incidentId: string;
  authorityId: string;
  openedBy: string;
  reason: string;
}

async function keep(
  work: Work,
  { authorityId, openedBy, ...opened }: Opened,
  { expiresAt, reviewDueAt }: { expiresAt: Date; reviewDueAt: Date },
): Promise<void> {
  await work.tx.insert(authority).values({
    id: authorityId,
    ...opened,
    // The paper that there is not yet.
    number: '—',
    legalBasis: 'break-glass',
    requestedBy: openedBy,
    requestedAt: work.at,
    expiresAt,
    breakGlass: true,
  });
  await work.tx
    .insert(breakGlass)
    .values({ authorityId, openedBy, ...opened, openedAt: work.at, expiresAt, reviewDueAt });
}

/** Who opens a trace is on the incident. */
async function join(work: Work, incidentId: string, userId: string): Promise<void> {
  await work.tx
    .insert(incidentMember)
    .values({ incidentId, userId, addedBy: work.actorId, addedAt: work.at });
  work.append({ kind: 'memberAdded', incidentId, observedAt: work.now, payload: { incidentId, userId } });
  work.audit({ action: 'incident.addMember', resource: `user:${userId}`, incidentId });
}
