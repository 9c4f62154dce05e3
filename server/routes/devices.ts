import { createRoute, z } from '@hono/zod-openapi';
import {
  admitBodySchema,
  deviceRowSchema,
  tokenRotatedSchema,
  unknownDeviceSchema,
} from '#contract/device.ts';
import { listOf } from '#contract/reference.ts';
import { deviceBodySchema } from '#contract/unit.ts';
import { listDevices, listUnknownDevices } from '../../db/queries/devices.ts';
import type { TokenDirectory } from '../auth/token-directory.ts';
import { machineClock } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { admitDevice, dismissDevice } from '../services/device/admit.ts';
import { createDevice } from '../services/device/create.ts';
import { revokeDevice, rotateToken } from '../services/device/manage.ts';
import type { Quarantine } from '../services/device/quarantine.ts';
import type { DeviceUse } from '../services/device/use.ts';
import { callOf, done, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const manage = guarded('device.manage');
const registered = z.object({ deviceId: z.string(), token: z.string().nullable() });

const list = createRoute({
  method: 'get',
  path: '/api/devices',
  summary: 'Devices, who carries them, when they were last heard',
  ...manage,
  responses: { 200: jsonReply('Devices', listOf(deviceRowSchema)), ...refusals },
});
const create = createRoute({
  method: 'post',
  path: '/api/devices',
  summary: 'Register a device; its token is shown this once',
  ...guarded('device.create'),
  request: { body: jsonBody(deviceBodySchema) },
  responses: { 201: jsonReply('Registered', registered), ...refusals },
});
const rotate = createRoute({
  method: 'post',
  path: '/api/devices/{id}/rotate',
  summary: 'Another token, shown this once; the old one holds for an hour more',
  ...manage,
  request: byId,
  responses: { 200: jsonReply('The token', tokenRotatedSchema), ...refusals },
});
const revoke = createRoute({
  method: 'delete',
  path: '/api/devices/{id}',
  summary: 'Take nothing more from a device',
  ...manage,
  request: byId,
  responses: done,
});
const unknown = createRoute({
  method: 'get',
  path: '/api/unknown-devices',
  summary: 'Who tried to report without being known',
  ...manage,
  responses: { 200: jsonReply('Unknown devices', listOf(unknownDeviceSchema)), ...refusals },
});
const admit = createRoute({
  method: 'post',
  path: '/api/unknown-devices/{id}/admit',
  summary: 'Make it a device of a unit; its token is shown this once',
  ...manage,
  request: { ...byId, body: jsonBody(admitBodySchema) },
  responses: { 201: jsonReply('Registered', registered), ...refusals },
});
const dismiss = createRoute({
  method: 'delete',
  path: '/api/unknown-devices/{id}',
  summary: 'Forget it until it tries again',
  ...manage,
  request: byId,
  responses: done,
});

interface DeviceParts {
  directory: TokenDirectory;
  use: DeviceUse;
  quarantine: Quarantine;
}

/** Devices and their tokens; those that nobody knows. */
export const deviceRoutes = (deps: AppDeps, { directory, use, quarantine }: DeviceParts) =>
  resource()
    .openapi(list, async c => {
      await use.flush();
      const now = new Date(machineClock(deps.clock).now());
      return c.json({ items: await deps.database.read(tx => listDevices(tx, now)), nextCursor: null }, 200);
    })
    .openapi(create, async c =>
      c.json((await createDevice(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(rotate, async c => {
      const { id } = c.req.valid('param');
      const reply = await rotateToken(deps, await callOf(c, 200), id);
      directory.forgetDevice(id);
      return c.json(reply, 200);
    })
    .openapi(revoke, async c => {
      const { id } = c.req.valid('param');
      await revokeDevice(deps, await callOf(c, 204), id);
      directory.forgetDevice(id);
      return c.body(null, 204);
    })
    .openapi(unknown, async c => {
      await quarantine.flush();
      return c.json({ items: await deps.database.read(listUnknownDevices), nextCursor: null }, 200);
    })
    .openapi(admit, async c => {
      const { id } = c.req.valid('param');
      return c.json(await admitDevice(deps, await callOf(c, 201), id, c.req.valid('json')), 201);
    })
    .openapi(dismiss, async c => {
      await dismissDevice(deps, await callOf(c, 204), c.req.valid('param').id);
      return c.body(null, 204);
    });
