/** S14 and S10: requests that no client of ours sends. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import { requestLimits } from '../../server/http/limits.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import type { InstalledRegion } from '../../server/region/store.ts';
import { alertBody, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, Browser } from '../builders/people.ts';
import { hostileTexts } from './bodies.ts';

const page = '<!doctype html><title>client</title>';

describeEachDatabase('S14 attacks', makeDatabase => {
  let app: TestApp;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'jianmian-attack-'));
    const clientDir = join(dir, 'client');
    await mkdir(join(clientDir, 'assets'), { recursive: true });
    await writeFile(join(dir, 'secret.txt'), 'the secret beside');
    await writeFile(join(dir, 'basemap.pmtiles'), 'tiles');
    await writeFile(join(clientDir, 'index.html'), page);
    await writeFile(join(clientDir, 'assets', 'a-1.js'), 'export {};');
    const manifest = { id: 'r-1', name: '县', fictional: true, bbox: [103, 24, 104, 25], center: [103, 24] };
    const region = { dir, manifest } as unknown as InstalledRegion;
    app = await testApp(await makeDatabase(), { clientDir, dataDir: dir, region: new RegionInUse(region) });
  });
  afterAll(async () => {
    await app.close();
    await rm(dir, { recursive: true, force: true });
  });
  const send = (path: string, init: RequestInit = {}) => app.app.request(path, init);
  const auditCount = async (action: string) => {
    const { rows } = await app.database.pool.query<{ n: number }>(
      'select count(*)::int as n from audit_entry where action = $1',
      [action],
    );
    return rows[0]!.n;
  };

  it('every kind of answer carries the strict headers', async () => {
    const kinds: [string, RequestInit, number][] = [
      ['/desk', {}, 200],
      ['/assets/a-1.js', {}, 200],
      ['/api/units', { headers: app.credentials('leader') }, 200],
      ['/api/units', {}, 401],
      ['/api/nothing', {}, 404],
      ['/nothing', {}, 404],
      ['/api/alerts', { method: 'POST', body: '{', headers: app.credentials('leader') }, 415],
      ['/api/alerts', { method: 'POST', headers: { Origin: 'https://evil.example' } }, 403],
      ['/tiles/basemap.pmtiles', { headers: { Range: 'bytes=0-1' } }, 206],
      ['/tiles/basemap.pmtiles', { headers: { Range: 'bytes=99-' } }, 416],
      ['/tiles/basemap.pmtiles', { headers: { 'If-None-Match': '"r-1"' } }, 304],
      ['/api/stream', { headers: app.credentials('operator') }, 200],
      ['/api/layers/cells/template?format=csv', { headers: app.credentials('admin') }, 200],
      ['/metrics', {}, 200],
      ['/api/session', { method: 'OPTIONS' }, 404],
      ['/desk', { method: 'HEAD' }, 200],
    ];
    for (const [path, init, status] of kinds) {
      const answer = await send(path, init);
      const { headers } = answer;
      await answer.body?.cancel();
      expect(answer.status, path).toBe(status);
      const policy = headers.get('content-security-policy') ?? '';
      for (const directive of [
        "default-src 'self'",
        "script-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ])
        expect(policy.split('; '), path).toContain(directive);
      expect(policy, path).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
      expect(headers.get('permissions-policy'), path).toContain('camera=()');
      expect(headers.get('cache-control'), path).toBeTruthy();
      for (const told of ['server', 'x-powered-by', 'access-control-allow-origin'])
        expect(headers.has(told), `${path} ${told}`).toBe(false);
    }
  });

  it('no path leads out of the client’s folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/assets/%252e%252e%252f%252e%252e%252fsecret.txt',
      '//secret.txt',
      '/assets//../../secret.txt',
      '/assets/a-1.js%00.txt',
      '/.%00./secret.txt',
      '/%c0%ae%c0%ae/secret.txt',
      '/tiles/..%2fsecret.txt',
      '/tiles/basemap.pmtiles/../../secret.txt',
      '/%',
      '/%ff',
    ]) {
      const answer = await send(path);
      expect([400, 404], path).toContain(answer.status);
      expect(await answer.text(), path).not.toContain('secret beside');
    }
  });

  it('a method is what the request line says', async () => {
    const { incidentId } = await openTrace(app);
    for (const name of ['X-HTTP-Method-Override', 'X-Method-Override', 'X-HTTP-Method']) {
      const headers = { ...app.credentials('leader'), [name]: 'DELETE' };
      const answer = await send(`/api/incidents/${incidentId}`, { headers });
      expect(answer.status).toBe(200);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'BREW'])
      expect(
        (await send('/api/incidents?_method=POST', { method, headers: app.credentials('leader') })).status,
      ).toBe(404);
  });

  it('nothing of a request becomes a header of the answer', async () => {
    const sign = 'x\r\nSet-Cookie: jm=stolen';
    for (const path of [
      `/api/incidents?cursor=${encodeURIComponent(sign)}`,
      `/api/layers/cells/template?format=${encodeURIComponent(sign)}`,
      `/tiles/basemap.pmtiles?v=${encodeURIComponent(sign)}`,
      `/desk/${encodeURIComponent(sign)}`,
    ]) {
      const answer = await send(path, { headers: app.credentials('admin') });
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      await answer.body?.cancel();
    }
    const named = await send('/api/session', { headers: { 'X-Request-Id': 'mine' } });
    expect(named.headers.get('x-request-id')).not.toBe('mine');
  });

  it('headers of a proxy that is none give nobody another address, another site or a name', async () => {
    const forged = {
      'X-Forwarded-For': '127.0.0.1',
      'X-Real-IP': '127.0.0.1',
      Forwarded: 'for=127.0.0.1;proto=https',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'evil.example',
      'X-SSL-Client-S-DN': 'CN=leader',
      'X-Remote-User': 'leader',
      'X-Original-URL': '/api/users',
      'X-Rewrite-URL': '/api/users',
    };
    const address = 'http://map.example/api/session';
    const answer = await app.app.request(
      address,
      { headers: forged },
      { incoming: { socket: { remoteAddress: '192.0.2.9' } } },
    );
    const told = (await answer.json()) as { error: { code: string; details: object } };
    expect([answer.status, told.error.code]).toEqual([401, 'unauthenticated']);
    expect(told.error.details).toMatchObject({ secure: false, certificate: false });
    expect(answer.headers.has('strict-transport-security')).toBe(false);
  });

  it('a page of another site changes nothing, whatever it dresses its request as', async () => {
    const before = await auditCount('alert.receive');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json'])
      for (const site of [
        { 'Sec-Fetch-Site': 'cross-site' },
        { Origin: 'https://evil.example', Host: 'localhost' },
      ])
        for (const path of ['/api/alerts', '/api/session', '/feeds/osmand', '/api/session/certificate']) {
          const headers = { ...app.credentials('leader'), ...site, 'content-type': type };
          const answer = await send(path, { method: 'POST', headers, body: JSON.stringify(alertBody()) });
          expect(answer.status, path).toBe(403);
        }
    expect(await auditCount('alert.receive')).toBe(before);
  });

  it('texts that are SQL are only texts', async () => {
    const lists = [
      '/api/incidents',
      '/api/tasks',
      '/api/units',
      '/api/places',
      '/api/segments',
      '/api/cameras',
      '/api/audit',
      '/api/audit/lookers',
      '/api/roster',
    ];
    const names = [
      'cursor',
      'q',
      'kind',
      'state',
      'station',
      'stationId',
      'unitId',
      'user',
      'incident',
      'action',
      'bbox',
      'from',
      'limit',
    ];
    for (const path of lists)
      for (const name of names)
        for (const text of hostileTexts.slice(0, 8)) {
          const role = path.startsWith('/api/audit') ? 'auditor' : 'leader';
          const answer = await app.as(role)('GET', `${path}?${name}=${encodeURIComponent(text)}`);
          expect(answer.status, `${path} ${name}=${text}`).toBeLessThan(500);
          expect(JSON.stringify(answer.body)).not.toMatch(/syntax error|Failed query|relation "/);
        }
    for (const [i, text] of hostileTexts.filter(each => !each.includes('\0')).entries()) {
      const body = alertBody(
        { note: text.slice(0, 500) },
        { name: text.toWellFormed().slice(0, 50), phone: `1370000${1000 + i}` },
      );
      const answer = await app.as('operator')('POST', '/api/alerts', body);
      expect([201, 400], text).toContain(answer.status);
    }
    expect((await app.as('leader')('GET', '/api/incidents?limit=1')).status).toBe(200);
  }, 60_000);

  it('an Idempotency-Key that somebody saw gives him neither the answer nor the act', async () => {
    const headers = { 'Idempotency-Key': 'seen' };
    const mine = alertBody({}, { phone: '13811110001' });
    const first = await app.as('operator')('POST', '/api/alerts', mine, headers);
    expect(first.status).toBe(201);
    expect((await app.as('operator')('POST', '/api/alerts', { ...mine, risk: 'low' }, headers)).status).toBe(
      422,
    );
    const other = await app.as('field')('POST', '/api/alerts', mine, headers);
    expect(other.status).toBe(403);
    expect(JSON.stringify(other.body)).not.toContain(first.body.incidentId);
  });

  it('a cookie is worth nothing after the sign-out, nor after its owner was disabled; refusals are audited', async () => {
    await addPerson(app, 'thief', 'operator');
    const id = await addPerson(app, 'gone', 'operator');
    const owner = new Browser(app);
    await owner.signIn('thief');
    const stolen = owner.cookie;
    expect((await app.anonymous('GET', '/api/units', undefined, { cookie: stolen })).status).toBe(200);
    expect((await owner.ask('DELETE', '/api/session')).status).toBe(204);
    expect((await app.anonymous('GET', '/api/units', undefined, { cookie: stolen })).status).toBe(401);
    const leaver = new Browser(app);
    await leaver.signIn('gone');
    expect((await app.as('admin')('PATCH', `/api/users/${id}`, { active: false })).status).toBe(200);
    expect((await app.anonymous('GET', '/api/units', undefined, { cookie: leaver.cookie })).status).toBe(401);
    const before = await auditCount('session.refuse');
    expect((await new Browser(app).signIn('thief', { password: 'wrong wrong wrong' })).status).toBe(401);
    expect(await auditCount('session.refuse')).toBe(before + 1);
    for (const cookie of ['__Host-jm=', `__Host-jm=${'a'.repeat(43)}`, '__Host-jm=%00', `jm=${"' or 1=1"}`])
      expect((await app.anonymous('GET', '/api/units', undefined, { cookie })).status, cookie).toBe(401);
  });

  it('S3 a reason that no database can keep is the asker’s fault, and opens nothing', async () => {
    const { incidentId } = await openTrace(app);
    const answer = await send(`/api/incidents/${incidentId}/looks`, {
      method: 'POST',
      headers: {
        ...app.credentials('trace'),
        'X-Access-Reason': `${encodeURIComponent('当事人失联查找')}%00`,
      },
    });
    expect(answer.status).toBe(400);
    const trace = await send(`/api/incidents/${incidentId}/sightings`, { headers: app.credentials('trace') });
    expect(trace.status).toBe(403);
  });

  it.each(['revoke', 'close', 'expire'] as const)(
    'S2 a stream left open after %s is told, and gets nothing more of the trace',
    async end => {
      const { incidentId, authorityId } = await openTrace(app);
      const record = (text: string) =>
        app.as('operator')('POST', `/api/incidents/${incidentId}/sightings`, {
          kind: 'report',
          observedAt: new Date(app.clock.now() - 1000).toISOString(),
          source: 's',
          credibility: 1,
          text,
        });
      const abort = new AbortController();
      const credentials = await app.credentialsOf(`thief-${end}`, 'trace');
      await app.as('leader')('POST', `/api/incidents/${incidentId}/members`, { userId: `thief-${end}` });
      const answer = await send('/api/stream', { headers: credentials, signal: abort.signal });
      let received = '';
      const reading = (async () => {
        const decoder = new TextDecoder();
        for await (const chunk of answer.body!) received += decoder.decode(chunk, { stream: true });
      })().catch(() => undefined);
      const arrives = async (text: string) => {
        while (!received.includes(text)) await new Promise(resolve => setTimeout(resolve, 10));
      };
      await record('before the end');
      const look = await send(`/api/incidents/${incidentId}/looks`, {
        method: 'POST',
        headers: { ...credentials, ...reasonHeader },
      });
      expect(look.status).toBeLessThan(300);
      await arrives('before the end');
      if (end === 'revoke') await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
      else if (end === 'close')
        await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
      else app.clock.advance(3_600_001);
      await arrives('event: revoked');
      await record('after the end');
      await app.settled();
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(received).not.toContain('after the end');
      const again = await send(`/api/incidents/${incidentId}/looks`, {
        method: 'POST',
        headers: { ...credentials, ...reasonHeader },
      });
      expect(again.status).toBe(403);
      abort.abort();
      await Promise.race([reading, new Promise(resolve => setTimeout(resolve, 200))]);
    },
  );

  it('S4 whatever was changed in the audit behind the server’s back is found', async () => {
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true });
    const { rows } = await app.database.pool.query<{ seq: string }>(
      'select seq from audit_entry order by seq limit 1 offset 3',
    );
    const seq = Number(rows[0]!.seq);
    await app.database.pool.query("update audit_entry set resource = 'another' where seq = $1", [seq]);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: false, firstBadSeq: seq, reason: 'changed' });
  });
});

describeEachDatabase('S14 limits', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());

  it('bodies end at the size of their class, whatever they say of their length', async () => {
    const over = (bytes: number) => 'x'.repeat(bytes + 1);
    const streamed = (text: string) =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text));
          controller.close();
        },
      });
    const headers = { ...app.credentials('leader'), 'content-type': 'application/json' };
    for (const [path, { bodyBytes }] of [
      ['/api/session', requestLimits.signIn],
      ['/api/alerts', requestLimits.api],
    ] as const) {
      const sized = await app.app.request(path, { method: 'POST', headers, body: over(bodyBytes) });
      expect(sized.status, path).toBe(413);
      const init = {
        method: 'POST',
        headers,
        body: streamed(over(bodyBytes)),
        duplex: 'half',
      } as RequestInit;
      expect((await app.app.request(path, init)).status, path).toBe(413);
    }
  });

  it('one session that asks without end is stopped, and no other one', async () => {
    const { burst, perSecond } = requestLimits.api.rate;
    const statuses = new Set<number>();
    for (let i = 0; i < burst; i++) statuses.add((await app.as('wall')('GET', '/api/session')).status);
    expect([...statuses]).toEqual([200]);
    const stopped = await app.as('wall')('GET', '/api/session');
    expect([stopped.status, stopped.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await app.as('operator')('GET', '/api/session')).status).toBe(200);
    app.clock.advance(1000);
    for (let i = 0; i < perSecond; i++) await app.as('wall')('GET', '/api/session');
    expect((await app.as('wall')('GET', '/api/session')).status).toBe(429);
  }, 60_000);

  it('tables come in at the pace of a person', async () => {
    const statuses: number[] = [];
    for (let i = 0; i <= requestLimits.upload.rate.burst; i++)
      statuses.push((await app.as('admin')('POST', '/api/layers/cells/preview', 'x')).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, -1)).not.toContain(429);
  });
});

describe('S14 the socket', () => {
  it('who dribbles his headers is cut off, and header lines without end are refused', async () => {
    const listener = await listen(() => new Response('here'), { host: '127.0.0.1', port: 0, tls: undefined });
    const { port } = new URL(listener.url);
    const told = (first: string, every?: string) =>
      new Promise<string>(resolve => {
        let answer = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(first));
        const dribble = every === undefined ? undefined : setInterval(() => socket.write(every), 500);
        socket.on('data', chunk => (answer += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(dribble);
          resolve(answer);
        });
      });
    const [slow, large] = await Promise.all([
      told('GET / HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'),
      told(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(100_000)}\r\n\r\n`),
    ]);
    expect(slow).toMatch(/^HTTP\/1\.1 408/);
    expect(large).toMatch(/^HTTP\/1\.1 431/);
    expect(await (await fetch(listener.url)).text()).toBe('here');
    await listener.close(() => undefined);
  }, 60_000);
});
