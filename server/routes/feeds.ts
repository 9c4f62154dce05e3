import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CodedError } from '#contract/errors.ts';
import { fixBodySchema, positionsReplySchema } from '#contract/position.ts';
import type { AppEnv } from '../http/types.ts';
import { decodeOsmandJson, decodeOsmandParameters } from '../ingest/adapters/osmand.ts';
import { decodePosition, positionItems } from '../ingest/adapters/positions.ts';
import type { Pipeline } from '../ingest/pipeline.ts';
import { type Reporter, unknownDevice } from '../ingest/stages.ts';
import type { Quarantine } from '../services/device/quarantine.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

export interface FeedDeps {
  pipeline: Pipeline;
  quarantine: Quarantine;
}

const stored = jsonReply('Stored, with what was refused', positionsReplySchema);

const positions = createRoute({
  method: 'post',
  path: '/feeds/positions',
  summary: 'Take in positions of units; sound ones are stored, the others are named',
  ...guarded('position.report'),
  // Documented here, checked item by item: one bad position must not cost the others.
  request: { body: { ...jsonBody(z.union([z.array(fixBodySchema), fixBodySchema])), required: false } },
  responses: { 200: stored, ...refusals },
});

const osmandSummary = 'Take in a position from OsmAnd or Traccar Client; what was read is answered with 200';
const osmandGet = createRoute({
  method: 'get',
  path: '/feeds/osmand',
  summary: osmandSummary,
  ...guarded('position.report'),
  responses: { 200: stored, ...refusals },
});
const osmandPost = createRoute({ ...osmandGet, method: 'post', path: '/feeds/osmand' });

/** The feeds that come over HTTP. The answer is sent after the commit. */
export const feedRoutes = ({ pipeline, quarantine }: FeedDeps) => {
  const routes = resource();
  routes.openAPIRegistry.registerPath(positions);
  routes.openAPIRegistry.registerPath(osmandGet);
  routes.openAPIRegistry.registerPath(osmandPost);
  const acceptOsmand = async (c: Context<AppEnv>) =>
    c.json(await pipeline.accept(reporterOf(c), [await osmandReport(c)], report => report));
  return routes
    .post(positions.path, positions.middleware, async c => {
      const items = positionItems(parseJson(await c.req.text()));
      const reporter = reporterOf(c);
      const reply = await pipeline.accept(reporter, items, decodePosition);
      for (const { index, reason } of reply.rejected) {
        const identifier = reason === unknownDevice && deviceNamed(items[index]);
        if (!identifier) continue;
        const { address } = c.get('peer');
        quarantine.note({ protocol: 'positions', identifier, gatewayId: reporter.deviceId, address });
      }
      return c.json(reply, 200);
    })
    .get(osmandGet.path, osmandGet.middleware, acceptOsmand)
    .post(osmandPost.path, osmandPost.middleware, acceptOsmand);
};

/** What a gateway calls a device; it stands in the item before anything is known of it. */
function deviceNamed(item: unknown): string | undefined {
  const { device } = (item ?? {}) as { device?: unknown };
  return typeof device === 'string' ? device : undefined;
}

/** Only devices report positions: the policy has let nobody else through. */
function reporterOf(c: Context<AppEnv>): Reporter {
  const actor = c.get('actor');
  if (actor.kind !== 'device') throw new CodedError('forbidden', 'expected a device token');
  return actor;
}

/** JSON, a form, or parameters in the address, whatever the method. */
async function osmandReport(c: Context<AppEnv>) {
  const body = (await c.req.text()).trim();
  if (body.startsWith('{')) {
    try {
      return decodeOsmandJson(JSON.parse(body));
    } catch {
      return { reason: 'the body is not valid JSON' };
    }
  }
  const parameters = new URL(c.req.url).searchParams;
  for (const [name, value] of new URLSearchParams(body)) parameters.append(name, value);
  return decodeOsmandParameters(parameters);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError(
      'invalidBody',
      'the body is not valid JSON; expected a position or an array of positions',
    );
  }
}
