import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { CodedError } from '#contract/errors.ts';
import type { AppDeps } from '../deps.ts';
import { parseRange } from '../http/range.ts';
import type { AppEnv } from '../http/types.ts';
import { filesOf } from '../region/store.ts';

/** The base map, read by byte ranges. It holds no more than a printed map does, so it needs no sign-in. */
export const tileRoutes = (deps: AppDeps) =>
  new Hono<AppEnv>().on(['GET', 'HEAD'], '/tiles/basemap.pmtiles', async c => {
    if (!deps.region) throw new CodedError('notFound', 'no region is installed');
    const path = filesOf(deps.region).basemap;
    const { size } = await stat(path);
    const etag = `"${deps.region.manifest.id}"`;
    // Without a version in the address the file may be another region's tomorrow: ask again.
    const lasting = c.req.query('v') === deps.region.manifest.id;
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
    if (c.req.method === 'HEAD') return c.body(null, status);
    return c.body(Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream, status);
  });
