import { createRoute, z } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import {
  dutyNowSchema,
  officerBodySchema,
  officerPatchSchema,
  rosterImportSchema,
  rosterQuerySchema,
  rosterViewSchema,
  shiftBodySchema,
  shiftPatchSchema,
  vehicleBodySchema,
  vehiclePatchSchema,
} from '#contract/roster.ts';
import type { AppDeps } from '../deps.ts';
import { RegionError } from '../region/error.ts';
import { readTable } from '../region/layer/table.ts';
import { changeOfficer } from '../services/officer/change.ts';
import { createOfficer } from '../services/officer/create.ts';
import { removeOfficer } from '../services/officer/remove.ts';
import { cancelShift } from '../services/shift/cancel.ts';
import { changeShift } from '../services/shift/change.ts';
import { importRoster } from '../services/shift/import.ts';
import { planShift } from '../services/shift/plan.ts';
import { changeVehicle } from '../services/vehicle/change.ts';
import { createVehicle } from '../services/vehicle/create.ts';
import { removeVehicle } from '../services/vehicle/remove.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { dutyNow, readRoster } from './roster-view.ts';

const read = createRoute({
  method: 'get',
  path: '/api/roster',
  summary: 'Units, officers and vehicles within reach, and the shifts that share time with from…to',
  ...guarded('roster.read'),
  request: { query: rosterQuerySchema },
  responses: { 200: jsonReply('The roster', rosterViewSchema), ...refusals },
});
const now = createRoute({
  method: 'get',
  path: '/api/roster/now',
  summary: 'Who is available now and until when, station by station',
  ...guarded('roster.read'),
  responses: { 200: jsonReply('On duty', dutyNowSchema), ...refusals },
});
const table = createRoute({
  method: 'post',
  path: '/api/roster/import',
  summary: 'Plan the shifts of a CSV or XLSX table, all or none; preview=true only says what would happen',
  ...guarded('roster.plan'),
  request: {
    query: z.object({ preview: z.enum(['true', 'false']).default('false'), sheet: z.string().optional() }),
    body: { content: { 'application/octet-stream': { schema: z.any() } }, required: true },
  },
  responses: {
    200: jsonReply('What was found, and whether it was planned', rosterImportSchema),
    ...refusals,
  },
});

const adding = <Path extends string, Body extends z.ZodType, Reply extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
  reply: Reply,
) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('roster.plan'),
    request: { body: jsonBody(body) },
    responses: { 201: jsonReply('Added', reply), ...refusals },
  });
const changing = <Path extends string, Body extends z.ZodType, Reply extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
  reply: Reply,
) =>
  createRoute({
    method: 'patch',
    path,
    summary,
    ...guarded('roster.plan'),
    request: { ...byId, body: jsonBody(body) },
    responses: { 200: jsonReply('Changed', reply), ...refusals },
  });
const removing = <Path extends string, Reply extends z.ZodType>(path: Path, summary: string, reply: Reply) =>
  createRoute({
    method: 'delete',
    path,
    summary,
    ...guarded('roster.plan'),
    request: byId,
    responses: { 200: jsonReply('Removed', reply), ...refusals },
  });

const officerReply = z.object({ officerId: z.string() });
const vehicleReply = z.object({ vehicleId: z.string() });
const shiftReply = z.object({ shiftId: z.string() });
const addOfficer = adding('/api/officers', 'Add an officer', officerBodySchema, officerReply);
const patchOfficer = changing('/api/officers/{id}', 'Change an officer', officerPatchSchema, officerReply);
const dropOfficer = removing('/api/officers/{id}', 'Take an officer off the roster', officerReply);
const addVehicle = adding('/api/vehicles', 'Add a vehicle', vehicleBodySchema, vehicleReply);
const patchVehicle = changing('/api/vehicles/{id}', 'Change a vehicle', vehiclePatchSchema, vehicleReply);
const dropVehicle = removing('/api/vehicles/{id}', 'Take a vehicle off the roster', vehicleReply);
const addShift = adding('/api/shifts', 'Plan a shift of a unit', shiftBodySchema, shiftReply);
const patchShift = changing(
  '/api/shifts/{id}',
  'Change times, crew or vehicle',
  shiftPatchSchema,
  shiftReply,
);
const dropShift = removing('/api/shifts/{id}', 'Take a shift out of the plan', shiftReply);

export const rosterRoutes = (deps: AppDeps) =>
  resource()
    .openapi(read, async c => c.json(await readRoster(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(now, async c => c.json(await dutyNow(deps, c.get('actor')), 200))
    .openapi(table, async c => {
      const { preview, sheet } = c.req.valid('query');
      // Before anything reads the body as text, which a workbook is not.
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const call = await callOf(c, 200);
      const rows = readRows(bytes, sheet);
      return c.json(await importRoster(deps, call, rows, { preview: preview === 'true' }), 200);
    })
    .openapi(addOfficer, async c =>
      c.json((await createOfficer(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(patchOfficer, async c => {
      const call = await callOf(c, 200);
      return c.json(
        (await changeOfficer(deps, call, c.req.valid('param').id, c.req.valid('json'))).reply,
        200,
      );
    })
    .openapi(dropOfficer, async c =>
      c.json((await removeOfficer(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(addVehicle, async c =>
      c.json((await createVehicle(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(patchVehicle, async c => {
      const call = await callOf(c, 200);
      return c.json(
        (await changeVehicle(deps, call, c.req.valid('param').id, c.req.valid('json'))).reply,
        200,
      );
    })
    .openapi(dropVehicle, async c =>
      c.json((await removeVehicle(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(addShift, async c =>
      c.json((await planShift(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(patchShift, async c => {
      const call = await callOf(c, 200);
      return c.json((await changeShift(deps, call, c.req.valid('param').id, c.req.valid('json'))).reply, 200);
    })
    .openapi(dropShift, async c =>
      c.json((await cancelShift(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    );

/** Read while others wait: months of a county's shifts, and no more. */
const rosterBounds = { rows: 10_000, unpackedBytes: 10_000_000 };

function readRows(bytes: Uint8Array, sheet: string | undefined) {
  try {
    return readTable(bytes, 'the roster', sheet, rosterBounds);
  } catch (error) {
    if (error instanceof RegionError) throw new CodedError('invalidBody', error.message);
    throw error;
  }
}
