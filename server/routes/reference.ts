import { createRoute } from '@hono/zod-openapi';
import {
  areaQuerySchema,
  cameraViewSchema,
  cellSiteViewSchema,
  listOf,
  placeQuerySchema,
  placeViewSchema,
  segmentViewSchema,
  stationViewSchema,
} from '#contract/reference.ts';
import { CodedError } from '#contract/errors.ts';
import { regionViewSchema } from '#contract/session.ts';
import { findPlaces } from '../../db/queries/places.ts';
import { findSegments } from '../../db/queries/segments.ts';
import { listCameras, listCellSites } from '../../db/queries/sensors.ts';
import { listStations } from '../../db/queries/stations.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { guarded, jsonReply, refusals, resource } from './define.ts';
import { regionView } from './region-view.ts';

const region = createRoute({
  method: 'get',
  path: '/api/region',
  summary: 'The region that the server works with',
  ...guarded('reference.read'),
  responses: { 200: jsonReply('The region', regionViewSchema), ...refusals },
});
const places = createRoute({
  method: 'get',
  path: '/api/places',
  summary: 'Places and the middles of road segments, by area, kind and name (also English and pinyin)',
  ...guarded('reference.read'),
  request: { query: placeQuerySchema },
  responses: { 200: jsonReply('Places', listOf(placeViewSchema)), ...refusals },
});
const segments = createRoute({
  method: 'get',
  path: '/api/segments',
  summary: 'Road segments that are searched along their length',
  ...guarded('reference.read'),
  request: { query: areaQuerySchema },
  responses: { 200: jsonReply('Segments', listOf(segmentViewSchema)), ...refusals },
});
const stations = createRoute({
  method: 'get',
  path: '/api/stations',
  summary: 'Police stations and their jurisdictions',
  ...guarded('reference.read'),
  responses: { 200: jsonReply('Stations', listOf(stationViewSchema)), ...refusals },
});
const cameras = createRoute({
  method: 'get',
  path: '/api/cameras',
  summary: 'Roadside cameras',
  ...guarded('reference.read'),
  request: { query: areaQuerySchema },
  responses: { 200: jsonReply('Cameras', listOf(cameraViewSchema)), ...refusals },
});
const cellSites = createRoute({
  method: 'get',
  path: '/api/cell-sites',
  summary: 'Antenna sites and their sectors',
  ...guarded('reference.read'),
  request: { query: areaQuerySchema },
  responses: { 200: jsonReply('Antenna sites', listOf(cellSiteViewSchema)), ...refusals },
});

export const referenceRoutes = ({ database, region: installed }: AppDeps) =>
  resource()
    .openapi(region, c => {
      const view = regionView(installed);
      if (!view) throw new CodedError('notFound', 'no region is installed');
      return c.json(view, 200);
    })
    .openapi(places, async c => {
      const { bbox, kind, q, limit, cursor } = c.req.valid('query');
      const question = { bbox, kinds: kind, text: q, after: cursor, limit: limit + 1 };
      const found = page(await database.read(tx => findPlaces(tx, question)), limit);
      // Ranked answers have no next page: who looks farther types more.
      return c.json(q === undefined ? found : { ...found, nextCursor: null }, 200);
    })
    .openapi(segments, async c => {
      const { bbox, limit, cursor } = c.req.valid('query');
      const found = await database.read(tx => findSegments(tx, { bbox, after: cursor, limit: limit + 1 }));
      return c.json(page(found, limit), 200);
    })
    .openapi(stations, async c => c.json({ items: await database.read(listStations), nextCursor: null }, 200))
    .openapi(cameras, async c => {
      const { bbox, limit, cursor } = c.req.valid('query');
      const found = await database.read(tx => listCameras(tx, { bbox, after: cursor, limit: limit + 1 }));
      return c.json(page(found, limit), 200);
    })
    .openapi(cellSites, async c => {
      const { bbox, limit, cursor } = c.req.valid('query');
      const found = await database.read(tx => listCellSites(tx, { bbox, after: cursor, limit: limit + 1 }));
      return c.json(page(found, limit), 200);
    });
