import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import type { AppDeps } from '../deps.ts';
import { parseRange } from '../http/range.ts';
import { builtIdOf } from '../region/manifest.ts';
import { filesOf } from '../region/store.ts';
import { open, refusals, resource } from './define.ts';

const content = { 'application/vnd.pmtiles': { schema: z.any() } };
const get = createRoute({
  method: 'get',
  path: '/tiles/basemap.pmtiles',
  summary: 'The base map as one PMTiles file, read by byte ranges; v: the build’s id, for caches',
  // It holds no more than a printed map does.
  ...open,
  request: {
    query: z.object({ v: z.string().optional() }),
    headers: z.object({ range: z.string().optional() }),
  },
  responses: {
    200: { description: 'The whole file', content },
    206: { description: 'The bytes asked for', content },
    304: { description: 'Known already' },
    ...refusals,
  },
});

export const tileRoutes = ({ region: inUse }: AppDeps) =>
  resource().openapi(get, async c => {
    const region = inUse.current;
    if (!region) throw new CodedError('notFound', 'no region is installed');
    const path = filesOf(region).basemap;
    const { size } = await stat(path);
    const builtId = builtIdOf(region.manifest);
    const etag = `"${builtId}"`;
    // Without a version in the address the file may be another region's tomorrow: ask again.
    const lasting = c.req.query('v') === builtId;
    c.header('ETag', etag);
    c.header('Accept-Ranges', 'bytes');
    c.header('Content-Type', 'application/vnd.pmtiles');
    c.header('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304);

    const unchanged = (c.req.header('If-Range') ?? etag) === etag;
    const range = unchanged ? parseRange(c.req.header('Range'), size) : undefined;
    if (range === 'unsatisfiable') {
      c.header('Content-Range', `bytes */${size}`);
      throw new CodedError('rangeNotSatisfiable', `the file has ${size} bytes`);
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    c.header('Content-Length', String(end - start + 1));
    if (range) c.header('Content-Range', `bytes ${start}-${end}/${size}`);
    const status = range ? 206 : 200;
    // Hono asks GET handlers for HEAD and drops the body: do not read the file for nothing.
    if (c.req.raw.method === 'HEAD') return c.body(null, status);
    return c.body(Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream, status);
  });
