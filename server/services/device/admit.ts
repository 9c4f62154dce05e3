import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { admitBodySchema } from '#contract/device.ts';
import { CodedError } from '#contract/errors.ts';
import { unknownDevice } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { openSecret } from '../secret/sealed.ts';
import { type Call, perform } from '../unit-of-work.ts';
import { createDevice, type DeviceCreated } from './create.ts';
import { strangerOwner } from './quarantine.ts';

/**
 * Makes an unknown device a known one, carried by a unit, with a token of its own; the one that it tried is never taken.
 * Throws notFound; invalidBody when it gave no name and none is given here; what `createDevice` throws.
 */
export async function admitDevice(
  deps: ServiceDeps,
  call: Call,
  id: string,
  { unitId, protocol, identifier: typed, crs }: z.infer<typeof admitBodySchema>,
): Promise<DeviceCreated> {
  requireAllowed(call.actor, 'device.manage');
  const [stranger] = await deps.database.read(tx =>
    tx.select().from(unknownDevice).where(eq(unknownDevice.id, id)),
  );
  if (!stranger) throw notFound('unknown device');
  const { identifierSealed, keyHash } = stranger;
  const given =
    identifierSealed &&
    Buffer.from(await openSecret(deps, identifierSealed, strangerOwner(keyHash))).toString();
  const identifier = given ?? typed;
  if (identifier === undefined)
    throw new CodedError('invalidBody', 'body field identifier: it gave no name, so it must be given here');
  const { reply } = await createDevice(deps, call, { unitId, protocol, identifier, crs });
  await perform(deps, { actor: call.actor }, async work => {
    await work.tx.delete(unknownDevice).where(eq(unknownDevice.id, id));
    work.audit({ action: 'device.admit', resource: reply.deviceId, detail: { unknownDevice: id } });
    return {};
  });
  return reply;
}

/** Forgets an unknown device until it tries again. Throws notFound. */
export async function dismissDevice(deps: ServiceDeps, call: Call, id: string): Promise<void> {
  await perform(deps, call, async work => {
    requireAllowed(work.actor, 'device.manage');
    const gone = await work.tx
      .delete(unknownDevice)
      .where(eq(unknownDevice.id, id))
      .returning({ id: unknownDevice.id });
    if (gone.length === 0) throw notFound('unknown device');
    work.audit({ action: 'device.dismiss', resource: id });
    return {};
  });
}
