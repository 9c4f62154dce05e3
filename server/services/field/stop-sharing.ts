import { eq } from 'drizzle-orm';
import { ownPhone } from '../../../db/queries/own-phone.ts';
import { device } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { type Call, perform } from '../unit-of-work.ts';

/** The caller's phone reports for nobody from now on. Doing it again changes nothing. */
export async function stopSharing(deps: ServiceDeps, call: Call): Promise<void> {
  const { userId } = requireUser(call.actor);
  await perform(deps, call, async work => {
    requireAllowed(work.actor, 'position.share');
    const phone = await ownPhone(work.tx, userId);
    if (!phone) return {};
    await work.tx.update(device).set({ revokedAt: work.at }).where(eq(device.id, phone.deviceId));
    work.audit({
      action: 'position.stopSharing',
      resource: phone.deviceId,
      detail: { unitId: phone.unitId },
    });
    return {};
  });
}
