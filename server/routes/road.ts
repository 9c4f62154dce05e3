import { createRoute } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import type { PositionInput } from '#contract/common.ts';
import {
  isochroneQuerySchema,
  isochroneReplySchema,
  matrixBodySchema,
  matrixReplySchema,
  routeQuerySchema,
  routeReplySchema,
} from '#contract/road.ts';
import type { AppDeps } from '../deps.ts';
import { toWgs84 } from '../ingest/coordinates.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { requireRouter, requireSnap } from './road-network.ts';

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

export const roadRoutes = ({ router: installed }: AppDeps) =>
  resource()
    .openapi(matrix, c => {
      const router = requireRouter(installed);
      const { from, to } = c.req.valid('json');
      const snaps = [from, to].map(side => side.map(position => router.snap(lngLat(position))));
      const [starts = [], ends = []] = snaps.map(side => side.filter(snap => snap !== null));
      const times = router.matrix(starts, ends);
      const offNetwork = snaps.map(side => side.flatMap((snap, i) => (snap ? [] : [i])));
      const seconds = from.map(() => to.map((): number | null => null));
      // Rows and columns of the router's matrix are those positions only that lie on the network.
      let cell = 0;
      snaps[0]!.forEach((start, row) => {
        snaps[1]!.forEach((end, column) => {
          if (start && end) seconds[row]![column] = finite(times[cell++]!);
        });
      });
      return c.json({ seconds, offNetwork: { from: offNetwork[0]!, to: offNetwork[1]! } }, 200);
    })
    .openapi(route, c => {
      const router = requireRouter(installed);
      const { from, to } = c.req.valid('query');
      const found = router.route(requireSnap(router, from, 'from'), requireSnap(router, to, 'to'));
      if (!found) throw new CodedError('notFound', 'there is no way by road between these positions');
      return c.json(
        { travelTimeS: found.travelTimeS, distanceM: found.distanceM, path: found.geometry },
        200,
      );
    })
    .openapi(isochrone, c => {
      const router = requireRouter(installed);
      const { lng, lat, minutes } = c.req.valid('query');
      const reached = router.isochrone(requireSnap(router, { lng, lat }, 'lng, lat'), minutes * 60);
      const coordinates = reached?.outline.coordinates ?? [];
      return c.json({ minutes, area: { type: 'MultiPolygon' as const, coordinates } }, 200);
    });

function lngLat(position: PositionInput): [number, number] {
  const { lng, lat } = toWgs84(position);
  return [lng, lat];
}

const finite = (seconds: number): number | null => (Number.isFinite(seconds) ? seconds : null);
