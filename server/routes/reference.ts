import { createRoute, z } from '@hono/zod-openapi';
import {
  areaQuerySchema,
  cameraBodySchema,
  cameraStateSchema,
  cameraViewSchema,
  cellSiteViewSchema,
  coverageSchema,
  listOf,
  placeQuerySchema,
  placeViewSchema,
  segmentViewSchema,
  stationViewSchema,
} from '#contract/reference.ts';
import { idSchema } from '#contract/common.ts';
import { CodedError } from '#contract/errors.ts';
import { regionViewSchema } from '#contract/session.ts';
import { findPlaces } from '../../db/queries/places.ts';
import { findSegments } from '../../db/queries/segments.ts';
import { listCameras, listCellSites } from '../../db/queries/sensors.ts';
import { listStations } from '../../db/queries/stations.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { setCameraState } from '../services/region/camera-state.ts';
import { CoverageBook } from './coverage.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
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
const cameraState = createRoute({
  method: 'patch',
  path: '/api/cameras/{id}',
  summary: 'Say that a camera is down, or works again',
  ...guarded('camera.setState'),
  request: { params: z.object({ id: idSchema }), body: jsonBody(cameraBodySchema) },
  responses: { 200: jsonReply('Its state', cameraStateSchema), ...refusals },
});
const coverage = createRoute({
  method: 'get',
  path: '/api/coverage',
  summary: 'Which main roads cameras watch, and which none does',
  ...guarded('reference.read'),
  responses: { 200: jsonReply('Stretches of road', coverageSchema), ...refusals },
});
const cellSites = createRoute({
  method: 'get',
  path: '/api/cell-sites',
  summary: 'Antenna sites and their sectors',
  ...guarded('reference.read'),
  request: { query: areaQuerySchema },
  responses: { 200: jsonReply('Antenna sites', listOf(cellSiteViewSchema)), ...refusals },
});

export const referenceRoutes = (deps: AppDeps) => {
  const { database, region: inUse } = deps;
  const book = new CoverageBook(deps);
  return resource()
    .openapi(region, c => {
      const view = regionView(inUse.current);
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
    .openapi(cameraState, async c => {
      const { reply } = await setCameraState(
        deps,
        await callOf(c, 200),
        c.req.valid('param').id,
        c.req.valid('json').working,
      );
      return c.json(reply, 200);
    })
    .openapi(coverage, async c => c.json(await book.current(), 200))
    .openapi(cellSites, async c => {
      const { bbox, limit, cursor } = c.req.valid('query');
      const found = await database.read(tx => listCellSites(tx, { bbox, after: cursor, limit: limit + 1 }));
      return c.json(page(found, limit), 200);
    });
};
