import { createRoute } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import {
  isochroneQuerySchema,
  isochroneReplySchema,
  matrixBodySchema,
  matrixReplySchema,
  routeQuerySchema,
  routeReplySchema,
} from '#contract/road.ts';
import type { Snap } from '#road/access.ts';
import type { AppDeps } from '../deps.ts';
import { wgs84LngLat } from '../ingest/coordinates.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { requireRoads, requireSnap, roadService } from './road-network.ts';

const matrix = createRoute({
  method: 'post',
  path: '/api/road/matrix',
  summary: 'Travel times between two sets of positions',
  ...guarded('road.query'),
  request: { body: jsonBody(matrixBodySchema) },
  responses: { 200: jsonReply('Seconds', matrixReplySchema), ...refusals },
});
const route = createRoute({
  method: 'get',
  path: '/api/road/route',
  summary: 'The quickest way',
  ...guarded('road.query'),
  request: { query: routeQuerySchema },
  responses: { 200: jsonReply('The way', routeReplySchema), ...refusals },
});
const isochrone = createRoute({
  method: 'get',
  path: '/api/road/isochrone',
  summary: 'The area that is reached within some minutes',
  ...guarded('road.query'),
  request: { query: isochroneQuerySchema },
  responses: { 200: jsonReply('The area', isochroneReplySchema), ...refusals },
});

export const roadRoutes = (deps: AppDeps) =>
  resource()
    .openapi(matrix, async c => {
      const router = requireRoads(deps.router);
      const { from, to } = c.req.valid('json');
      const starts = placed(from.map(position => router.snap(wgs84LngLat(position))));
      const ends = placed(to.map(position => router.snap(wgs84LngLat(position))));
      const { engine, seconds: known } = await roadService(deps).matrix(starts.snaps, ends.snaps);
      const seconds = starts.index.map(row =>
        ends.index.map(column => (row < 0 || column < 0 ? null : known[row]![column]!)),
      );
      return c.json({ seconds, offNetwork: { from: starts.missing, to: ends.missing }, engine }, 200);
    })
    .openapi(route, async c => {
      const router = requireRoads(deps.router);
      const { from, to } = c.req.valid('query');
      const ends = [requireSnap(router, from, 'from'), requireSnap(router, to, 'to')] as const;
      const { engine, way } = await roadService(deps).route(...ends);
      if (!way) throw new CodedError('notFound', 'there is no way by road between these positions');
      return c.json({ ...way, engine }, 200);
    })
    .openapi(isochrone, async c => {
      const router = requireRoads(deps.router);
      const { lng, lat, minutes } = c.req.valid('query');
      const start = requireSnap(router, { lng, lat }, 'lng, lat');
      const { engine, area } = await roadService(deps).isochrone(start, minutes * 60);
      return c.json({ minutes, area, engine }, 200);
    });

/** Those that lie on the network, the place of each position among them (−1: it does not), and the others. */
function placed(all: (Snap | null)[]): { snaps: Snap[]; index: number[]; missing: number[] } {
  const snaps: Snap[] = [];
  const index = all.map(snap => (snap ? snaps.push(snap) - 1 : -1));
  const missing = index.flatMap((at, i) => (at < 0 ? [i] : []));
  return { snaps, index, missing };
}
