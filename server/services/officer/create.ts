import { CodedError } from '#contract/errors.ts';
import type { OfficerBody } from '#contract/roster.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import { officer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/** Adds an officer. Throws forbidden, invalidBody for an unknown station, conflict when the badge number is taken. */
export function createOfficer(
  deps: ServiceDeps,
  call: Call,
  { name, badgeNumber, sworn, stationId, phone }: OfficerBody,
): Promise<Done<{ officerId: string }>> {
  return perform(deps, call, async work => {
    await requirePlannedStation(work, stationId ?? null);
    const officerId = work.id('off');
    const made = await work.tx
      .insert(officer)
      .values({
        id: officerId,
        name,
        badgeNumber,
        sworn,
        stationId: stationId ?? null,
        phone: phone ?? null,
        createdAt: work.at,
      })
      .onConflictDoNothing()
      .returning({ id: officer.id });
    if (made.length === 0) throw new CodedError('conflict', `the badge number ${badgeNumber} is taken`);
    work.audit({ action: 'officer.create', resource: officerId });
    return { officerId };
  });
}

/** The station that people or vehicles are given to: it must exist, and be one whose roster the caller plans. */
export async function requirePlannedStation(work: Work, stationId: string | null): Promise<void> {
  const sought = stationId === null ? undefined : ({ what: 'station', id: stationId } as const);
  requireAllowed(work.actor, 'roster.plan', { stationId }, sought);
  if (stationId !== null && !(await stationExists(work.tx, stationId)))
    throw new CodedError('invalidBody', `body field stationId: there is no station ${stationId}`);
}
