import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { FolderInUse, lockFolder } from '../../db/embedded/folder-lock.ts';

const HOLDER = fileURLToPath(new URL('../fixtures/lock-holder.ts', import.meta.url));
const root = await mkdtemp(join(tmpdir(), 'jianmian-lock-'));
afterAll(() => rm(root, { recursive: true, force: true }));

let folders = 0;
const newFolder = () => join(root, `folder-${++folders}`);

/** A process that takes the lock (and says so) or refuses (and says that); it lives until killed or told to end. */
async function holder(folder: string) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOLDER, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [answer] = (await once(lines, 'line')) as [string];
  const end = async (signal: NodeJS.Signals | 'politely') => {
    const exited = once(child, 'exit');
    if (signal === 'politely') child.stdin.end();
    else child.kill(signal);
    await exited;
  };
  return { pid: child.pid!, answer, end };
}

/** A claim file as another process would have left it. */
function leaveClaim(
  folder: string,
  claim: { pid: number; host: string; startedAt: string },
  ageS: number,
): void {
  mkdirSync(`${folder}.lock`, { recursive: true });
  const file = join(`${folder}.lock`, `left-${claim.pid}.json`);
  writeFileSync(file, JSON.stringify({ ...claim, threadId: 0 }));
  const at = Date.now() / 1000 - ageS;
  utimesSync(file, at, at);
}

describe('the lock of a data folder', () => {
  it('refuses a second process, naming the first, until that is gone', async () => {
    const folder = newFolder();
    const first = await holder(folder);
    expect(first.answer).toBe('held');
    const refused = await lockFolder(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FolderInUse);
    expect((refused as FolderInUse).pid).toBe(first.pid);
    expect((refused as FolderInUse).message).toContain(`in use by process ${first.pid}`);
    await first.end('politely');
    (await lockFolder(folder))();
  });

  it('is taken over from a process that was killed', async () => {
    const folder = newFolder();
    await (await holder(folder)).end('SIGKILL');
    expect(readdirSync(`${folder}.lock`)).toHaveLength(1);
    const release = await lockFolder(folder);
    expect(readdirSync(`${folder}.lock`)).toHaveLength(1);
    release();
    expect(readdirSync(`${folder}.lock`)).toEqual([]);
  });

  it('is not fooled by a later process with the same number', async () => {
    const folder = newFolder();
    leaveClaim(folder, { pid: process.pid, host: hostname(), startedAt: 'another boot:1' }, 0);
    (await lockFolder(folder))();
  });

  it('of another host is believed while it is fresh and not when it is old', async () => {
    const folder = newFolder();
    leaveClaim(folder, { pid: 1, host: 'elsewhere', startedAt: '' }, 1);
    await expect(lockFolder(folder)).rejects.toThrow('process 1 on elsewhere');
    leaveClaim(folder, { pid: 1, host: 'elsewhere', startedAt: '' }, 3600);
    (await lockFolder(folder))();
  });

  it('refuses a second database object of the same process', async () => {
    const folder = newFolder();
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
    release();
    (await lockFolder(folder))();
  });

  it('is held by at most one of many that start together over a dead one’s claim', async () => {
    const folder = newFolder();
    await (await holder(folder)).end('SIGKILL');
    const started = await Promise.all([1, 2, 3, 4, 5].map(() => holder(folder)));
    const held = started.filter(process => process.answer === 'held');
    await Promise.all(started.map(process => process.end('SIGKILL')));
    expect(held.length).toBeLessThanOrEqual(1);
  });
});
