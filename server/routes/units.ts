import { createRoute, z } from '@hono/zod-openapi';
import { pageQuerySchema } from '#contract/common.ts';
import { listOf } from '#contract/reference.ts';
import { nearestQuerySchema, nearestUnitSchema } from '#contract/road.ts';
import { deviceBodySchema, unitBodySchema, unitPatchSchema, unitStateSchema } from '#contract/unit.ts';
import { unitViewSchema } from '#contract/unit-view.ts';
import { listUnits } from '../../db/queries/units.ts';
import { listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { createDevice } from '../services/device/create.ts';
import { createUnit } from '../services/unit/create.ts';
import { setUnitState } from '../services/unit/set-state.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { nearestUnits } from './nearest-units.ts';

const list = createRoute({
  method: 'get',
  path: '/api/units',
  summary: 'Units within reach',
  ...guarded('unit.list'),
  request: { query: pageQuerySchema },
  responses: { 200: jsonReply('Units', listOf(unitViewSchema)), ...refusals },
});
const create = createRoute({
  method: 'post',
  path: '/api/units',
  summary: 'Add a unit',
  ...guarded('unit.create'),
  request: { body: jsonBody(unitBodySchema) },
  responses: { 201: jsonReply('Added', unitViewSchema), ...refusals },
});
const nearest = createRoute({
  method: 'get',
  path: '/api/units/nearest',
  summary: 'Units that could be at a position soonest by road, or nearest as the crow flies',
  ...guarded('unit.list'),
  request: { query: nearestQuerySchema },
  responses: {
    200: jsonReply('Best first', z.object({ items: z.array(nearestUnitSchema), nextCursor: z.null() })),
    ...refusals,
  },
});
const patch = createRoute({
  method: 'patch',
  path: '/api/units/{id}',
  summary: 'Say what a unit is doing',
  ...guarded('unit.setState'),
  request: { ...byId, body: jsonBody(unitPatchSchema) },
  responses: {
    200: jsonReply('As it is now', z.object({ unitId: z.string(), state: unitStateSchema })),
    ...refusals,
  },
});
const device = createRoute({
  method: 'post',
  path: '/api/devices',
  summary: 'Register a device; its token is shown this once',
  ...guarded('device.create'),
  request: { body: jsonBody(deviceBodySchema) },
  responses: {
    201: jsonReply('Registered', z.object({ deviceId: z.string(), token: z.string().nullable() })),
    ...refusals,
  },
});

export const unitRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const { limit, cursor: after } = c.req.valid('query');
      const reach = listReach(c.get('actor'), 'unit.list');
      const station = reach === 'all' ? {} : { station: reach.stationId };
      const found = await deps.database.read(tx => listUnits(tx, { ...station, after, limit: limit + 1 }));
      return c.json(page(found, limit), 200);
    })
    .openapi(nearest, c =>
      c.json({ items: nearestUnits(deps, c.get('actor'), c.req.valid('query')), nextCursor: null }, 200),
    )
    .openapi(create, async c =>
      c.json((await createUnit(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(patch, async c => {
      const { state } = c.req.valid('json');
      const { reply } = await setUnitState(deps, await callOf(c, 200), c.req.valid('param').id, state);
      return c.json(reply, 200);
    })
    .openapi(device, async c =>
      c.json((await createDevice(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    );
