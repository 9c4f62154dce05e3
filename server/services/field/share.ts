import { ownPhoneName } from '../../../db/queries/own-phone.ts';
import { unitById } from '../../../db/queries/units.ts';
import { device } from '../../../db/schema/index.ts';
import { newToken } from '../../auth/token.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/**
 * From now on the caller's phone reports for this unit. It is a device like any other, but nobody ever holds its token:
 * its positions come with the caller's session and end with it. Throws notFound for a unit that does not exist or is
 * out of reach.
 */
export function startSharing(
  deps: ServiceDeps,
  call: Call,
  unitId: string,
): Promise<Done<{ unitId: string; since: string }>> {
  const { userId } = requireUser(call.actor);
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'position.share');
    const unit = await unitById(work.tx, unitId);
    if (!unit) throw noSuch('unit', unitId);
    requireAllowed(work.actor, 'position.share', { stationId: unit.stationId }, { what: 'unit', id: unitId });
    const now = { unitId, createdAt: work.at, revokedAt: null };
    const [phone] = await work.tx
      .insert(device)
      .values({
        id: work.id('dev'),
        protocol: 'field',
        identifier: ownPhoneName(userId),
        crs: 'wgs84',
        tokenHash: newToken().hash,
        ...now,
      })
      .onConflictDoUpdate({ target: [device.protocol, device.identifier], set: now })
      .returning({ id: device.id });
    const deviceId = phone!.id;
    work.append({
      kind: 'deviceRegistered',
      observedAt: work.now,
      payload: { deviceId, unitId, protocol: 'field' },
    });
    work.audit({ action: 'position.share', resource: deviceId, detail: { unitId } });
    return { unitId, since: work.now };
  });
}
