import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CodedError } from '#contract/errors.ts';
import { ownFixesSchema, sharingBodySchema, sharingViewSchema } from '#contract/field.ts';
import { positionsReplySchema } from '#contract/position.ts';
import { ownPhone, ownPhoneName } from '../../db/queries/own-phone.ts';
import type { AppDeps } from '../deps.ts';
import type { AppEnv } from '../http/types.ts';
import { decodePosition } from '../ingest/adapters/positions.ts';
import { startSharing } from '../services/field/share.ts';
import { stopSharing } from '../services/field/stop-sharing.ts';
import { requireUser } from '../services/guard.ts';
import { requireAllowed } from '../services/guard.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const path = '/api/field/sharing';
const sharingReply = { 200: jsonReply('For whom the phone reports', sharingViewSchema), ...refusals };
const read = createRoute({
  method: 'get',
  path,
  summary: 'For which unit the own phone reports its position',
  ...guarded('position.share'),
  responses: sharingReply,
});
const start = createRoute({
  method: 'put',
  path,
  summary: 'Let the own phone report for the unit that one rides with',
  ...guarded('position.share'),
  request: { body: jsonBody(sharingBodySchema) },
  responses: sharingReply,
});
const stop = createRoute({
  method: 'delete',
  path,
  summary: 'Let the own phone report for nobody',
  ...guarded('position.share'),
  responses: { 204: { description: 'It does not any more' }, ...refusals },
});
const positions = createRoute({
  method: 'post',
  path: '/api/field/positions',
  summary: 'Take in where the own phone was; only while it reports for a unit',
  ...guarded('position.share'),
  request: { body: jsonBody(ownFixesSchema) },
  responses: { 200: jsonReply('Stored, with what was refused', positionsReplySchema), ...refusals },
});

/** Where an officer on the road is, told by the phone in his hand on behalf of his unit. */
export const fieldRoutes = (deps: AppDeps) => {
  const phoneOf = (c: Context<AppEnv>) => {
    const { userId } = requireUser(c.get('actor'));
    return deps.database.read(tx => ownPhone(tx, userId));
  };
  return resource()
    .openapi(read, async c => {
      const phone = await phoneOf(c);
      return c.json({ unitId: phone?.unitId ?? null, since: phone?.since ?? null }, 200);
    })
    .openapi(start, async c => {
      const { reply } = await startSharing(deps, await callOf(c, 200), c.req.valid('json').unitId);
      return c.json(reply, 200);
    })
    .openapi(stop, async c => {
      await stopSharing(deps, await callOf(c, 204));
      return c.body(null, 204);
    })
    .openapi(positions, async c => {
      const actor = requireUser(c.get('actor'));
      const phone = await phoneOf(c);
      if (!phone) throw new CodedError('conflict', 'expected sharing to be switched on first');
      const { deviceId, unitId, stationId } = phone;
      requireAllowed(actor, 'position.share', { stationId }, { what: 'unit', id: unitId });
      const identifier = ownPhoneName(actor.userId);
      const reporter = {
        kind: 'device',
        deviceId,
        unitId,
        protocol: 'field',
        identifier,
        crs: 'wgs84',
      } as const;
      const reply = await deps.live.pipeline.accept(reporter, c.req.valid('json'), fix =>
        decodePosition({ ...fix, unitId }),
      );
      return c.json(reply, 200);
    });
};
