import { eq } from 'drizzle-orm';
import { device } from '../../../db/schema/index.ts';
import { newToken } from '../../auth/token.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { CodedError } from '#contract/errors.ts';
import { type Call, perform, type Work } from '../unit-of-work.ts';

/** How long the old token is still taken: the time to walk to the car with the new one. */
const overlapMs = 3_600_000;

export interface RotatedToken {
  /** Shown once: only its hash is kept. Null when a repeated request asks again. */
  token: string | null;
  previousUntil: string;
}

/**
 * Gives a device another token; the one it has is taken for an hour more, the one before that no longer. Throws notFound;
 * conflict for a revoked device, and for officers' phones, which have no token.
 */
export async function rotateToken(deps: ServiceDeps, call: Call, deviceId: string): Promise<RotatedToken> {
  const { token, hash } = newToken();
  const { reply } = await perform<RotatedToken>(
    deps,
    call,
    async work => {
      const { protocol, tokenHash, revokedAt } = await deviceToManage(work, deviceId);
      if (revokedAt !== null) throw new CodedError('conflict', 'this device is revoked; register it anew');
      if (protocol === 'field')
        throw new CodedError('conflict', 'an officer’s phone reports with his session, not with a token');
      const until = new Date(machineClock(deps.clock).now() + overlapMs);
      await work.tx
        .update(device)
        .set({
          tokenHash: hash,
          previousTokenHash: tokenHash,
          previousTokenUntil: until,
          rotatedAt: work.at,
        })
        .where(eq(device.id, deviceId));
      work.audit({ action: 'device.rotate', resource: deviceId });
      return { token, previousUntil: until.toISOString() };
    },
    { remember: reply => ({ ...reply, token: null }) },
  );
  return reply;
}

/** Neither of its tokens is taken any more. Doing it again changes nothing. Throws notFound. */
export async function revokeDevice(deps: ServiceDeps, call: Call, deviceId: string): Promise<void> {
  await perform(deps, call, async work => {
    const { revokedAt } = await deviceToManage(work, deviceId);
    if (revokedAt !== null) return {};
    await work.tx
      .update(device)
      .set({ revokedAt: work.at, previousTokenHash: null, previousTokenUntil: null })
      .where(eq(device.id, deviceId));
    work.audit({ action: 'device.revoke', resource: deviceId });
    return {};
  });
}

async function deviceToManage({ tx, actor }: Work, deviceId: string) {
  requireAllowed(actor, 'device.manage');
  const [found] = await tx
    .select({ protocol: device.protocol, tokenHash: device.tokenHash, revokedAt: device.revokedAt })
    .from(device)
    .where(eq(device.id, deviceId))
    .for('update');
  if (!found) throw notFound('device');
  return found;
}
