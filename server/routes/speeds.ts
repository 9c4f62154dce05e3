import { createRoute } from '@hono/zod-openapi';
import { type SpeedsReply, speedsReplySchema, speedUseSchema } from '#contract/speed.ts';
import { defaultSpeedKmh } from '#road/speeds.ts';
import type { AppDeps } from '../deps.ts';
import type { Roads } from '../live/roads.ts';
import { loadSpeeds } from '../services/speed/load.ts';
import { useSpeeds } from '../services/speed/use.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { requireRoads } from './road-network.ts';

const list = createRoute({
  method: 'get',
  path: '/api/road/speeds',
  summary: "Speeds learned from units' own drives, by class of road and hour",
  ...guarded('road.query'),
  responses: { 200: jsonReply('Learned speeds', speedsReplySchema), ...refusals },
});
const use = createRoute({
  method: 'patch',
  path: '/api/road/speeds',
  summary: 'Let travel times use the learned speeds, or the defaults',
  ...guarded('road.useSpeeds'),
  request: { body: jsonBody(speedUseSchema) },
  responses: { 200: jsonReply('As it is now', speedUseSchema), ...refusals },
});

export const speedRoutes = (deps: AppDeps, roads: Roads) =>
  resource()
    .openapi(list, async c => c.json(await speedsView(deps, roads), 200))
    .openapi(use, async c => {
      const { reply } = await useSpeeds(deps, await callOf(c, 200), c.req.valid('json').inUse);
      const { speeds } = await loadSpeeds(deps.database);
      await roads.useSpeeds(reply.inUse ? speeds : null);
      return c.json(reply, 200);
    });

async function speedsView({ database, router }: AppDeps, roads: Roads): Promise<SpeedsReply> {
  const { graph } = requireRoads(router);
  const { setting, speeds } = await loadSpeeds(database);
  const items = speeds.flatMap(({ ratio, ...speed }) => {
    const defaultKmh = defaultSpeedKmh(graph, speed.roadClass);
    if (defaultKmh === null) return [];
    return { ...speed, learnedKmh: tenths(defaultKmh * ratio), defaultKmh: tenths(defaultKmh) };
  });
  return { inUse: setting.useSpeeds, ready: roads.learnedInUse(), learnedDay: setting.learnedDay, items };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
