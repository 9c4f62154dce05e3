/** Smaller answers for slow lines. Streams, tiles and byte ranges never pass here or are left alone. */
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';

const json = /^application\/json\b/;
/** Of the client's files; its fonts and pictures are compressed already. */
const texts = /^(?:text\/|image\/svg\+xml)/;

/** Answers shorter than this gain nothing. */
const threshold = 1024;

/** Scripts, styles and pages for those who take gzip. A range is sent as it is. */
export const compressFiles = compress({ encoding: 'gzip', threshold, contentTypeFilter: texts });

/** JSON answers above 1 kB for those who take gzip; whatever is no JSON, such as the stream, stays as it is. */
export const compressJson = compress({ encoding: 'gzip', threshold, contentTypeFilter: json });

/** JSON answers are whole, but do not say how long they are, and `compress` goes by that. Belongs inside of it. */
export const tellLength = createMiddleware(async (c, next) => {
  await next();
  if (!json.test(c.res.headers.get('Content-Type') ?? '') || c.res.headers.has('Content-Length')) return;
  const body = await c.res.arrayBuffer();
  c.res = new Response(body, c.res);
  c.res.headers.set('Content-Length', String(body.byteLength));
});
