import { createRoute, z } from '@hono/zod-openapi';
import { scamTypeSchema } from '#contract/alert.ts';
import { scamTypes } from '#contract/kinds.ts';
import {
  hourBands,
  priorBodySchema,
  priorKinds,
  type PriorsReply,
  priorsReplySchema,
} from '#contract/prior.ts';
import { defaultPriors, posteriorMean, type ScriptPriors } from '#locate/belief/prior.ts';
import type { Database } from '../../db/connect.ts';
import { priorChanges, priorCounts, priorWeights } from '../../db/queries/prior.ts';
import type { AppDeps } from '../deps.ts';
import { scriptPriors } from '../locating/priors.ts';
import { setPriors } from '../services/prior/set.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const list = createRoute({
  method: 'get',
  path: '/api/priors',
  summary:
    'Where people are found under each script: defaults, what was set, and what closed incidents taught',
  ...guarded('prior.read'),
  responses: { 200: jsonReply('Priors', priorsReplySchema), ...refusals },
});
const set = createRoute({
  method: 'put',
  path: '/api/priors/{scamType}',
  summary: 'Set the weights of one script, or go back to the defaults',
  ...guarded('prior.set'),
  request: { params: z.object({ scamType: scamTypeSchema }), body: jsonBody(priorBodySchema) },
  responses: { 200: jsonReply('Set', z.object({ scamType: scamTypeSchema })), ...refusals },
});

const mostChanges = 100;

export const priorRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => c.json(await readPriors(deps.database), 200))
    .openapi(set, async c => {
      const call = await callOf(c, 200);
      const { reply } = await setPriors(deps, call, c.req.valid('param').scamType, c.req.valid('json'));
      return c.json(reply, 200);
    });

async function readPriors(database: Database): Promise<PriorsReply> {
  const { tables, changes } = await database.read(async tx => ({
    tables: { weights: await priorWeights(tx), counts: await priorCounts(tx) },
    changes: await priorChanges(tx, mostChanges),
  }));
  const priors = scriptPriors(tables);
  const defaults = defaultPriors();
  return { items: scamTypes.map(scamType => view(scamType, priors, defaults)), changes, nextCursor: null };
}

function view(
  scamType: (typeof scamTypes)[number],
  priors: ScriptPriors,
  defaults: ScriptPriors,
): PriorsReply['items'][number] {
  const prior = priors[scamType];
  const mean = posteriorMean(prior);
  const byBand = hourBands.map((_, band) => posteriorMean(prior, band * hoursInBand));
  const rows = priorKinds.map(kind => ({
    kind,
    defaultWeight: defaults[scamType].weights[kind],
    weight: prior.weights[kind],
    n: sum(prior.counts[kind]),
    mean: mean[kind],
    hours: byBand.map((shares, band) => ({ n: prior.counts[kind][band] ?? 0, mean: shares[kind] })),
  }));
  return { scamType, n: sum(rows.map(({ n }) => n)), strength: prior.strength, rows };
}

const hoursInBand = 24 / hourBands.length;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
