import { createRoute, z } from '@hono/zod-openapi';
import { pageQuerySchema } from '#contract/common.ts';
import { listOf } from '#contract/reference.ts';
import {
  nearestQuerySchema,
  nearestUnitSchema,
  roadEngineSchema,
  unavailableUnitSchema,
} from '#contract/road.ts';
import { unitBodySchema, unitPatchSchema, unitStateSchema } from '#contract/unit.ts';
import { unitItemSchema, unitViewSchema } from '#contract/unit-view.ts';
import { listUnits } from '../../db/queries/units.ts';
import { listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { createUnit } from '../services/unit/create.ts';
import { dutiesAt } from '../services/unit/duty.ts';
import { setUnitState } from '../services/unit/set-state.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { nearestUnits } from './nearest-units.ts';
import { unavailableUnits } from './unavailable-units.ts';

const list = createRoute({
  method: 'get',
  path: '/api/units',
  summary: 'Units within reach',
  ...guarded('unit.list'),
  request: { query: pageQuerySchema },
  responses: { 200: jsonReply('Units', listOf(unitItemSchema)), ...refusals },
});
const create = createRoute({
  method: 'post',
  path: '/api/units',
  summary: 'Add a unit',
  ...guarded('unit.create'),
  request: { body: jsonBody(unitBodySchema) },
  responses: { 201: jsonReply('Added', unitViewSchema), ...refusals },
});
const nearestReplySchema = z.object({
  items: z.array(nearestUnitSchema),
  /** Null with by=line. */
  engine: roadEngineSchema.nullable(),
  nextCursor: z.null(),
  unavailable: z.array(unavailableUnitSchema),
});
const nearest = createRoute({
  method: 'get',
  path: '/api/units/nearest',
  summary: 'Units that could be at a position soonest by road, or nearest as the crow flies',
  ...guarded('unit.list'),
  request: { query: nearestQuerySchema },
  responses: {
    200: jsonReply('Best first', nearestReplySchema),
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
export const unitRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const { limit, cursor: after } = c.req.valid('query');
      const reach = listReach(c.get('actor'), 'unit.list');
      const station = reach === 'all' ? {} : { station: reach.stationId };
      const at = new Date(deps.clock.now());
      const found = await deps.database.read(async tx => {
        const units = await listUnits(tx, { ...station, after, limit: limit + 1 });
        const duties = await dutiesAt(tx, units, at);
        return units.map(unit => {
          const { onDuty, until, why, crew } = duties.get(unit.id)!;
          return { ...unit, crew, onDuty, availableUntil: onDuty ? until : null, why };
        });
      });
      return c.json(page(found, limit), 200);
    })
    .openapi(nearest, async c => {
      const actor = c.get('actor');
      const query = c.req.valid('query');
      const nearestFirst = await nearestUnits(deps, actor, query);
      return c.json(
        { ...nearestFirst, nextCursor: null, unavailable: unavailableUnits(deps, actor, query) },
        200,
      );
    })
    .openapi(create, async c =>
      c.json((await createUnit(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(patch, async c => {
      const { state } = c.req.valid('json');
      const { reply } = await setUnitState(deps, await callOf(c, 200), c.req.valid('param').id, state);
      return c.json(reply, 200);
    });
