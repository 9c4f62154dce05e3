import type { z } from 'zod';
import { CodedError } from '#contract/errors.ts';
import type { deviceBodySchema } from '#contract/unit.ts';
import { unitById } from '../../../db/queries/units.ts';
import { device } from '../../../db/schema/index.ts';
import { newToken } from '../../auth/token.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

export interface DeviceCreated {
  deviceId: string;
  /** Shown once: only its hash is kept. Null when a repeated request asks again. */
  token: string | null;
}

/** Registers a device and gives it its token. Throws conflict when the protocol knows the identifier already. */
export function createDevice(
  deps: ServiceDeps,
  call: Call,
  { unitId, protocol, identifier, crs }: z.infer<typeof deviceBodySchema>,
): Promise<Done<DeviceCreated>> {
  requireAllowed(call.actor, 'device.create');
  const { token, hash } = newToken();
  return perform<DeviceCreated>(
    deps,
    call,
    async work => {
      if (unitId !== undefined) {
        const unit = await unitById(work.tx, unitId);
        if (!unit) throw new CodedError('invalidBody', `body field unitId: there is no unit ${unitId}`);
        requireAllowed(
          work.actor,
          'device.create',
          { stationId: unit.stationId },
          { what: 'unit', id: unitId },
        );
      }
      const deviceId = work.id('dev');
      const made = await work.tx
        .insert(device)
        .values({
          id: deviceId,
          unitId: unitId ?? null,
          protocol,
          identifier,
          crs,
          tokenHash: hash,
          createdAt: work.at,
        })
        .onConflictDoNothing({ target: [device.protocol, device.identifier] })
        .returning({ id: device.id });
      if (made.length === 0) {
        throw new CodedError(
          'conflict',
          `a device with this identifier is registered for ${protocol} already`,
        );
      }
      work.append({
        kind: 'deviceRegistered',
        observedAt: work.now,
        payload: { deviceId, unitId: unitId ?? null, protocol },
      });
      work.audit({
        action: 'device.create',
        resource: deviceId,
        detail: { protocol, unitId: unitId ?? null },
      });
      return { deviceId, token };
    },
    { remember: reply => ({ ...reply, token: null }) },
  );
}
