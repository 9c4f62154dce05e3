import { createRoute, z } from '@hono/zod-openapi';
import {
  holdBodySchema,
  liftBodySchema,
  retentionBodySchema,
  retentionClasses,
  retentionParamsSchema,
  retentionViewSchema,
  type RetentionView,
} from '#contract/retention.ts';
import { countDue, legalHolds, purgeReceipts, retentionPeriods } from '../../db/queries/retention.ts';
import { can } from '../auth/policy.ts';
import type { Actor } from '../auth/actor.ts';
import type { AppDeps } from '../deps.ts';
import { archiveAfterDays, periodsOf, retentionRules } from '../retention/classes.ts';
import { liftHold } from '../services/hold/lift.ts';
import { placeHold } from '../services/hold/place.ts';
import { dueBefore } from '../services/purge/periods.ts';
import { checkReceipts } from '../services/purge/receipt.ts';
import { setPeriod } from '../services/purge/set-period.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const holdReply = z.object({ holdId: z.string() });

const read = createRoute({
  method: 'get',
  path: '/api/retention',
  summary: 'How long what is kept, what is held back from the purge, and the receipts of its runs',
  ...guarded('retention.read'),
  responses: { 200: jsonReply('Periods, holds, receipts', retentionViewSchema), ...refusals },
});
const set = createRoute({
  method: 'put',
  path: '/api/retention/{class}',
  summary: 'Set how long a class of data is kept, within its bounds; audited',
  ...guarded('retention.set'),
  request: { params: retentionParamsSchema, body: jsonBody(retentionBodySchema) },
  responses: {
    200: jsonReply('Set', z.object({ class: z.enum(retentionClasses), days: z.number() })),
    ...refusals,
  },
});
const place = createRoute({
  method: 'post',
  path: '/api/holds',
  summary: 'Keep an incident from being purged; audited',
  ...guarded('hold.place'),
  request: { body: jsonBody(holdBodySchema) },
  responses: { 201: jsonReply('Held', holdReply), ...refusals },
});
const lift = createRoute({
  method: 'post',
  path: '/api/holds/{id}/lift',
  summary: 'End a hold; audited',
  ...guarded('hold.place'),
  request: { ...byId, body: jsonBody(liftBodySchema) },
  responses: { 200: jsonReply('Lifted', holdReply), ...refusals },
});

const mostHolds = 200;
const mostReceipts = 60;

export const retentionRoutes = (deps: AppDeps) =>
  resource()
    .openapi(read, async c => c.json(await readRetention(deps, c.get('actor')), 200))
    .openapi(set, async c => {
      const { reply } = await setPeriod(
        deps,
        await callOf(c, 200),
        c.req.valid('param').class,
        c.req.valid('json'),
      );
      return c.json(reply, 200);
    })
    .openapi(place, async c =>
      c.json((await placeHold(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(lift, async c => {
      const call = await callOf(c, 200);
      return c.json((await liftHold(deps, call, c.req.valid('param').id, c.req.valid('json'))).reply, 200);
    });

async function readRetention({ clock, database }: AppDeps, actor: Actor): Promise<RetentionView> {
  const nowMs = clock.now();
  const mayHold = can(actor, 'hold.place') === 'allow';
  return database.read(async tx => {
    const set = await retentionPeriods(tx);
    const periods = periodsOf(set);
    const { due } = await countDue(tx, dueBefore(nowMs, periods));
    const holds = await legalHolds(tx, mostHolds);
    return {
      periods: retentionClasses.map(name => {
        const row = set.find(each => each.class === name);
        const who = { setBy: row?.setBy ?? null, setAt: row?.setAt ?? null, reason: row?.reason ?? null };
        return { class: name, days: periods[name], ...retentionRules[name], ...who };
      }),
      holds: holds.map(hold => (mayHold ? hold : { ...hold, reason: null })),
      receipts: checkReceipts(await purgeReceipts(tx))
        .slice(-mostReceipts)
        .toReversed(),
      due,
      archiveAfterDays,
    };
  });
}
