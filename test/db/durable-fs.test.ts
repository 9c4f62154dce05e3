import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, it } from 'vitest';
import { DurableFs, durableParameters } from '../../db/embedded/durable-fs.ts';

const folder = mkdtempSync(join(tmpdir(), 'jianmian-fsync-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Fsync = (stream: { nfd?: number; node?: unknown }) => number;

/** The file system's fsync as the engine would find it once it has run the preparations. */
async function engineFsync(): Promise<Fsync> {
  const { emscriptenOpts } = await new DurableFs(folder).init({} as PGlite, {});
  const nodeFs = { stream_ops: {} as { fsync?: Fsync }, realPath: () => folder };
  const engineModule = {
    FS: { filesystems: { NODEFS: nodeFs }, mkdir: () => undefined, mount: () => undefined },
  };
  for (const prepare of emscriptenOpts.preRun ?? []) (prepare as (module: unknown) => void)(engineModule);
  return nodeFs.stream_ops.fsync!;
}

it('fsync reaches real files and folders, and a failure reaches PostgreSQL', async () => {
  const fsync = await engineFsync();
  const file = join(folder, 'wal');
  writeFileSync(file, 'x');
  const descriptor = openSync(file, 'r+');
  expect(fsync({ nfd: descriptor })).toBe(0);
  closeSync(descriptor);
  expect(fsync({ nfd: descriptor })).not.toBe(0);
  expect(fsync({ node: {} })).toBe(0);
});

it('PostgreSQL is started with fsync on, by the call that has an effect', () => {
  expect(durableParameters(['--single', '-F', '-O'])).toEqual([
    '--single',
    '-O',
    '-c',
    'fsync=on',
    '-c',
    'wal_sync_method=fsync',
  ]);
});
