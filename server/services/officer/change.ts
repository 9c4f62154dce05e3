import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { OfficerPatch } from '#contract/roster.ts';
import { lockOfficers, type OfficerRow, officerWithBadge } from '../../../db/queries/officer.ts';
import { shiftsAheadOfOfficer } from '../../../db/queries/shift.ts';
import { officer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import { announceShift } from '../shift/announce.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { requirePlannedStation } from './create.ts';

/** Changes what is known of an officer. Throws notFound, forbidden, invalidBody, conflict for a taken badge number. */
export function changeOfficer(
  deps: ServiceDeps,
  call: Call,
  officerId: string,
  patch: OfficerPatch,
): Promise<Done<{ officerId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadOfficer(work, officerId);
    if (patch.stationId !== undefined) await requirePlannedStation(work, patch.stationId);
    const { badgeNumber } = patch;
    if (badgeNumber !== undefined && (await officerWithBadge(work.tx, badgeNumber, officerId)))
      throw new CodedError('conflict', `the badge number ${badgeNumber} is taken`);
    const next = { ...known, ...patch };
    const { name, sworn, stationId, phone } = next;
    await work.tx
      .update(officer)
      .set({ name, badgeNumber: next.badgeNumber, sworn, stationId, phone })
      .where(eq(officer.id, officerId));
    work.audit({ action: 'officer.change', resource: officerId, detail: { changed: Object.keys(patch) } });
    // Who is sworn decides what a crew may do: the shifts ahead are told anew.
    if (sworn !== known.sworn)
      for (const shift of await shiftsAheadOfOfficer(work.tx, officerId, work.at))
        announceShift(work, 'shiftChanged', shift);
    return { officerId };
  });
}

/** An officer of a station whose roster the caller plans, locked. Throws notFound, forbidden. */
export async function loadOfficer(work: Work, officerId: string): Promise<OfficerRow> {
  requireAllowed(work.actor, 'roster.plan');
  const [known] = await lockOfficers(work.tx, [officerId]);
  if (!known) throw noSuch('officer', officerId);
  requireAllowed(
    work.actor,
    'roster.plan',
    { stationId: known.stationId },
    { what: 'officer', id: officerId },
  );
  return known;
}
