/** The real listener with TLS, over loopback. The certificate is a fixture, made for this test and trusted by nobody. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigError } from '../../server/config.ts';
import { type Listener, listen } from '../../server/http/listen.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, goodPassword } from '../builders/people.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const files = { certFile: fixture('tls-cert.pem'), keyFile: fixture('tls-key.pem') };
const somewhere = { host: '127.0.0.1', port: 0 };

describeEachDatabase('S15 TLS', makeDatabase => {
  let app: TestApp;
  let listener: Listener;
  beforeAll(async () => {
    app = await testApp(await makeDatabase(), { https: true });
    await addPerson(app, 'li', 'operator');
    listener = await listen(app.app.fetch, { ...somewhere, tls: files });
  });
  afterAll(async () => {
    await listener.close(() => undefined);
    await app.close();
  });

  const post = (path: string, body: object) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', host: 'map.bureau.example' };
      const call = request(
        listener.url + path,
        { method: 'POST', headers, rejectUnauthorized: false },
        answer => {
          let text = '';
          answer.on('data', chunk => (text += chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          );
        },
      );
      call.on('error', reject);
      call.end(JSON.stringify(body));
    });

  it('S15 serves HTTPS: the cookie is bound to the origin, the browser is told to stay with it', async () => {
    expect(listener.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const { status, headers, body } = await post('/api/session', { user: 'li', password: goodPassword });
    expect([status, JSON.parse(body).secure]).toEqual([200, true]);
    expect(String(headers['set-cookie'])).toMatch(/^__Host-jm=[\w-]{43}; .*Secure/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(app.logLines.join('\n')).not.toContain('INSECURE SIGN-IN');
    expect((await post('/api/session/passkey/options', {})).status).toBe(200);
    const { rows } = await app.database.pool.query(
      "select address from user_session where id like 'ses!_%' escape '!'",
    );
    expect(rows).toEqual([{ address: '127.0.0.1' }]);
  });

  it('refuses to start with files that are no certificate and its key, and says so', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'jianmian-tls-'));
    const wrong = join(dir, 'key.pem');
    await writeFile(wrong, 'not a key');
    const start = (tls: typeof files) => listen(app.app.fetch, { ...somewhere, tls });
    await expect(start({ ...files, keyFile: wrong })).rejects.toThrow(ConfigError);
    await expect(start({ ...files, certFile: files.keyFile })).rejects.toThrow(
      /TLS_CERT and TLS_KEY: expected/,
    );
    await rm(dir, { recursive: true });
  });
});
