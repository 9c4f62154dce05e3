import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

interface Started {
  child: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the address once it is ready; throws when it ends before. */
  ready(): Promise<string>;
  /** Exit code. */
  ended: Promise<number | null>;
}

function start(environment: Record<string, string>, ...args: string[]): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = async () => {
    for (;;) {
      const url = /^Ready: (\S+)/m.exec(text)?.[1];
      if (url !== undefined) return url;
      const over = await Promise.race([
        ended.then(() => true),
        new Promise(resolve => setTimeout(resolve, 50)),
      ]);
      if (over) throw new Error(`the server ended: ${text}`);
    }
  };
  return { child, output: () => text, ready, ended };
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jianmian-main-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it('starts, says once who may come in, refuses a second start in one clear line, and stops cleanly', {
  timeout: 180_000,
}, async () => {
  const environment = { DATA_DIR: dataDir, PORT: '0', DEMO: '0', LOG_LEVEL: 'warn', NATS_URL: 'nats://h' };
  const first = start(environment);
  try {
    const url = await first.ready();
    expect(first.output()).toContain('NATS_URL is set, but is not built yet');
    expect(first.output()).toContain('No region is installed yet');
    const password = /password\s+(\S+)/.exec(first.output())![1];
    const signIn = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin', password }),
    });
    expect(signIn.status).toBe(200);

    const samePort = start({ ...environment, DATA_DIR: join(dataDir, 'other'), PORT: new URL(url).port });
    expect(await samePort.ended).toBe(1);
    expect(samePort.output()).toMatch(/PORT: \S+ is in use/);
    const sameFolder = start(environment);
    expect(await sameFolder.ended).toBe(1);
    expect(sameFolder.output()).toContain(`in use by process ${first.child.pid}`);
    for (const refused of [samePort, sameFolder]) expect(refused.output()).not.toContain('    at ');
  } finally {
    first.child.kill('SIGINT');
  }
  expect(await first.ended).toBe(0);
  expect(first.output()).toContain('Stopped');

  const second = start(environment);
  try {
    await second.ready();
    expect(second.output()).not.toContain('password');
  } finally {
    second.child.kill('SIGTERM');
  }
  expect(await second.ended).toBe(0);
});

it('--help lists the options without starting', { timeout: 60_000 }, async () => {
  const help = start({}, '--help');
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain('DATABASE_URL');
});

it('a wrong option is one line and exit code 1', { timeout: 60_000 }, async () => {
  const wrong = start({ PORT: 'eighty' });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toMatch(/^PORT: .*\n$/);
});
