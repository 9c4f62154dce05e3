import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hc } from 'hono/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorStatus } from '#contract/errors.ts';
import { DatabaseUnavailable } from '../../db/errors.ts';
import type { AppType } from '../../server/app.ts';
import { asCodedError } from '../../server/http/errors.ts';
import { parseRange } from '../../server/http/range.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import type { InstalledRegion } from '../../server/region/store.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const size = 1000;
const tiles = Uint8Array.from({ length: size }, (_, i) => i % 251);

const script = 'export const words = "见面";\n'.repeat(200);

describeEachDatabase('HTTP', makeDatabase => {
  let app: TestApp;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'jianmian-http-'));
    await writeFile(join(dir, 'basemap.pmtiles'), tiles);
    await writeFile(join(dir, 'index.html'), '<!doctype html><title>client</title>');
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'assets', 'page-AbC123.js'), script);
    const region = {
      dir,
      manifest: {
        id: 'r-1',
        name: '云溪县',
        fictional: true,
        attribution: 'a',
        bbox: [103, 24, 104, 25],
        center: [103.5, 24.5],
      },
    } as unknown as InstalledRegion;
    app = await testApp(await makeDatabase(), { region: new RegionInUse(region), clientDir: dir });
  });
  afterAll(async () => {
    await app.close();
    await rm(dir, { recursive: true });
  });
  const post = (body: unknown, headers?: Record<string, string>) =>
    app.as('operator')('POST', '/api/alerts', body, headers);

  describe('errors', () => {
    it.each([
      ['broken JSON', '{"risk":', 'badRequest', /valid JSON/],
      ['a text instead of an object', '"text"', 'invalidBody', /expected object/],
      ['nothing', '', 'badRequest', /./],
      ['a wrong value', alertBody({ risk: 'huge' }), 'invalidBody', /risk/],
      ['a wrong phone', alertBody({}, { phone: 'call me' }), 'invalidBody', /subject\.phone.*digits/],
      [
        'a time without zone',
        alertBody({ receivedAt: '2026-11-22 09:35' }),
        'invalidBody',
        /receivedAt.*offset/,
      ],
      [
        'a place that is none',
        alertBody({}, { home: { lng: 200, lat: 0 } }),
        'invalidBody',
        /subject\.home\.lng/,
      ],
      [
        'an unknown coordinate system',
        alertBody({}, { home: { lng: 1, lat: 1, crs: 'mars' } }),
        'invalidBody',
        /subject\.home\.crs/,
      ],
    ])('%s', async (_, body, code, message) => {
      const answer = await post(body);
      expect([answer.status, answer.body.error.code]).toEqual([400, code]);
      expect(answer.body.error.message).toMatch(message);
      expect(JSON.stringify(answer.body)).not.toMatch(/call me|\bat .*\.ts|stack/);
    });

    it('a form instead of JSON, a body that is too large, an unknown address, a wrong method', async () => {
      expect((await post('risk=high', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
        415,
      );
      const large = await post(alertBody({ note: 'x'.repeat(1_100_000) }));
      expect([large.status, large.body.error.code]).toEqual([413, 'tooLarge']);
      for (const path of ['/api/nothing', '/nothing', '/assets/nothing.js']) {
        const answer = await app.as('operator')('GET', path);
        expect([answer.status, answer.body.error.code], path).toEqual([404, 'notFound']);
      }
      expect((await app.as('operator')('DELETE', '/api/alerts')).status).toBe(404);
    });

    it('what nobody foresaw is a 500 with a request id, and its words are in the log, redacted', async () => {
      const failing = await testAppWith(() => {
        throw new Error('Failed query: insert …\nparams: 赵小兰,13800000001');
      });
      const answer = await failing.request('/api/region', {
        headers: { cookie: `__Host-jm=${'x'.repeat(43)}` },
      });
      expect(answer.status).toBe(500);
      const body = (await answer.json()) as { error: { code: string; details: { requestId: string } } };
      expect(body.error.code).toBe('internal');
      expect(body.error.details.requestId).toBe(answer.headers.get('x-request-id'));
      const line = app.logLines.find(
        text => text.includes(body.error.details.requestId) && text.includes('unforeseen'),
      );
      expect(line).toBeDefined();
      expect(line).not.toMatch(/赵小兰|13800000001/);
    });

    async function testAppWith(read: () => never) {
      const { createApp } = await import('../../server/app.ts');
      return createApp({ ...app.deps, database: { ...app.database, read } });
    }

    it('what passes the schema but no table can hold is the sender’s mistake', async () => {
      for (const body of [
        alertBody({ amount: 1e12 }),
        alertBody({ note: 'a\0b' }),
        alertBody({}, { name: 'a\0b' }),
        alertBody({ receivedAt: '0000-01-01T00:00:00Z' }),
      ]) {
        const answer = await post(body);
        expect([answer.status, answer.body.error.code], JSON.stringify(body)).toEqual([400, 'badRequest']);
      }
      for (const path of ['/api/places?q=%00', '/api/incidents/%00', '/api/incidents?cursor=%00']) {
        expect((await app.as('leader')('GET', path)).status, path).toBe(400);
      }
    });

    it('a database that is away is 503 and worth another try', () => {
      expect(asCodedError(new DatabaseUnavailable(new Error('gone')))).toMatchObject({
        code: 'databaseUnavailable',
      });
      expect(errorStatus.databaseUnavailable).toBe(503);
      expect(asCodedError(new TypeError('bug'))).toBeUndefined();
    });

    it('any body gets an answer that is no 500 (property)', async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.constant('[]')), async text => {
          const answer = await post(text === '' ? ' ' : text);
          expect(answer.status).toBe(400);
          expect(errorStatus).toHaveProperty(answer.body.error.code);
        }),
        { numRuns: 60 },
      );
    });

    it('any reference query gets an answer that is no 500 (property)', async () => {
      const query = fc.record(
        {
          bbox: fc.oneof(fc.string(), fc.constant('103,24,104,25')),
          kind: fc.string(),
          q: fc.string(),
          cursor: fc.string(),
          limit: fc.string(),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(query, async parameters => {
          const answer = await app.as('operator')('GET', `/api/places?${new URLSearchParams(parameters)}`);
          expect([200, 400]).toContain(answer.status);
        }),
        { numRuns: 60 },
      );
    });
  });

  describe('S14 other sites', () => {
    it.each([
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ 'Sec-Fetch-Site': 'same-site' }, 403],
      [{ Origin: 'https://evil.example' }, 403],
      [{ Origin: 'null' }, 403],
      [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example', Host: 'localhost' }, 403],
      [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost', Host: 'localhost' }, 201],
      [{ Origin: 'http://localhost', Host: 'localhost' }, 201],
      [{ 'Sec-Fetch-Site': 'none' }, 201],
      [{}, 201],
    ])('%j gives %i', async (headers, status) => {
      expect((await post(alertBody(), headers)).status).toBe(status);
    });

    it('every answer carries a strict policy and is not cached', async () => {
      for (const path of ['/api/session', '/api/units', '/desk', '/api/nothing']) {
        const { headers } = await app.as('operator')('GET', path);
        const policy = headers.get('content-security-policy')!;
        expect(policy).toContain("script-src 'self';");
        expect(policy).toContain("worker-src 'self';");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/unsafe|\*|https?:/);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('cache-control')).toBe(path === '/desk' ? 'no-cache' : 'no-store');
      }
    });
  });

  describe('the client', () => {
    it.each(['/', '/login', '/wall', '/desk', '/desk/inc_1', '/replay/inc_1'])(
      '%s is its page',
      async path => {
        const answer = await app.anonymous('GET', path);
        expect([answer.status, answer.body]).toEqual([200, '<!doctype html><title>client</title>']);
      },
    );
  });

  describe('the base map', () => {
    const get = (headers: Record<string, string> = {}, query = '') =>
      app.app.request(`/tiles/basemap.pmtiles${query}`, { headers });

    it('by range: 206 with exactly those bytes', async () => {
      for (const [range, start, end] of [
        ['bytes=0-9', 0, 9],
        ['bytes=990-', 990, 999],
        ['bytes=-5', 995, 999],
        ['bytes=999-5000', 999, 999],
      ] as const) {
        const answer = await get({ Range: range });
        expect(answer.status, range).toBe(206);
        expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`);
        expect(answer.headers.get('content-length')).toBe(String(end - start + 1));
        expect(new Uint8Array(await answer.arrayBuffer())).toEqual(tiles.slice(start, end + 1));
      }
    });

    it('whole without a range; 416 beyond the end; 304 when it is known', async () => {
      const whole = await get();
      expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, size]);
      expect(whole.headers.get('accept-ranges')).toBe('bytes');
      const beyond = await get({ Range: 'bytes=1000-' });
      expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
      expect((await get({ 'If-None-Match': '"r-1"' })).status).toBe(304);
      expect((await get({ Range: 'bytes=0-9', 'If-Range': '"r-0"' })).status).toBe(200);
      expect((await get({}, '?v=r-1')).headers.get('cache-control')).toContain('immutable');
      expect((await get({}, '?v=r-0')).headers.get('cache-control')).toBe('no-cache');
    });
  });

  describe('compression', () => {
    const gzip = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
    const encoding = ({ headers }: Response) => headers.get('content-encoding');
    const unpacked = async (answer: Response) =>
      gunzipSync(new Uint8Array(await answer.arrayBuffer())).toString();

    it('JSON above 1 kB, for those who take it; small answers and errors stay as they are', async () => {
      const plain = await app.app.request('/api/openapi.json');
      const packed = await app.app.request('/api/openapi.json', { headers: gzip });
      expect([encoding(plain), encoding(packed)]).toEqual([null, 'gzip']);
      expect(packed.headers.get('vary')).toContain('Accept-Encoding');
      expect(packed.headers.has('content-length')).toBe(false);
      expect(packed.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(await unpacked(packed)).toBe(await plain.text());
      for (const path of ['/api/session', '/api/nothing'])
        expect(encoding(await app.app.request(path, { headers: gzip })), path).toBeNull();
      const refused = await app.app.request('/api/openapi.json', {
        headers: { 'Accept-Encoding': 'gzip;q=0' },
      });
      expect(encoding(refused)).toBeNull();
    });

    it('the client’s files, which keep their lasting names; not a range of them', async () => {
      const path = '/assets/page-AbC123.js';
      const packed = await app.app.request(path, { headers: gzip });
      expect([encoding(packed), packed.headers.get('cache-control')]).toEqual([
        'gzip',
        'public, max-age=31536000, immutable',
      ]);
      expect(await unpacked(packed)).toBe(script);
      expect(encoding(await app.app.request(path))).toBeNull();
      const part = await app.app.request(path, { headers: { ...gzip, Range: 'bytes=0-5' } });
      expect([part.status, encoding(part), await part.text()]).toEqual([206, null, 'export']);
    });

    it('never the base map nor the stream', async () => {
      const tile = await app.app.request('/tiles/basemap.pmtiles', { headers: gzip });
      expect([encoding(tile), tile.headers.get('etag')]).toEqual([null, '"r-1"']);
      const stream = await app.app.request('/api/stream', {
        headers: { ...gzip, ...app.credentials('operator') },
      });
      expect([stream.status, encoding(stream)]).toEqual([200, null]);
      await stream.body!.cancel();
    });
  });

  it('the typed client speaks to it', async () => {
    const client = hc<AppType>('http://localhost', { fetch: app.app.request });
    const answer = await client.healthz.$get();
    const { status }: { status: 'alive' } = await answer.json();
    expect(status).toBe('alive');
  });

  it('healthz, readyz and metrics answer without a sign-in, and name nobody', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await app.anonymous('GET', path)).status).toBe(200);
    expect((await app.anonymous('GET', '/metrics')).body).toMatch(
      /^jianmian_http_requests_total\{method="POST",status="201"\} \d+$/m,
    );
  });
});

describe('ranges', () => {
  it('lie within the file, or are refused, or ignored (property)', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (fileSize, from, to) => {
        const range = parseRange(`bytes=${from ?? ''}-${to ?? ''}`, fileSize);
        if (range === undefined) expect(from === null ? to === null : to !== null && to < from).toBe(true);
        else if (range === 'unsatisfiable')
          expect(from === null ? to === 0 || fileSize === 0 : from >= fileSize).toBe(true);
        else {
          expect(range.start).toBe(from ?? Math.max(0, fileSize - to!));
          expect(range.end).toBe(Math.min(from === null ? fileSize - 1 : (to ?? fileSize - 1), fileSize - 1));
        }
      }),
    );
  });
});
