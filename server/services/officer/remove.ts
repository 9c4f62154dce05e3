import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { shiftsAheadOfOfficer } from '../../../db/queries/shift.ts';
import { officer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadOfficer } from './change.ts';

/** Takes an officer off the roster; past shifts keep her. Throws notFound, forbidden, conflict while shifts are ahead. */
export function removeOfficer(
  deps: ServiceDeps,
  call: Call,
  officerId: string,
): Promise<Done<{ officerId: string }>> {
  return perform(deps, call, async work => {
    const { name } = await loadOfficer(work, officerId);
    const [ahead] = await shiftsAheadOfOfficer(work.tx, officerId, work.at);
    if (ahead) {
      throw new CodedError(
        'conflict',
        `${name} is planned in ${ahead.callsign} until ${ahead.endsAt}; expected nobody with shifts ahead`,
      );
    }
    await work.tx.update(officer).set({ removedAt: work.at }).where(eq(officer.id, officerId));
    work.audit({ action: 'officer.remove', resource: officerId });
    return { officerId };
  });
}
