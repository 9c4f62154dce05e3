import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The parts of Emscripten's NODEFS that matter here. `nfd` is the real descriptor; folders have none. */
interface NodeFsStream {
  nfd?: number;
  node: unknown;
}
interface NodeFsOperations {
  stream_ops: { fsync?: (stream: NodeFsStream) => number };
  realPath(node: unknown): string;
}
type InitOptions = Parameters<NodeFS['init']>[1];

/** WASI's number for an input/output error. PostgreSQL stops on it, as it must: it cannot know what was written. */
const EIO = 29;

/**
 * PGlite's folder of real files, and fsync that reaches the disk. PGlite switches fsync off because Emscripten leaves
 * it without effect: a power cut could lose acknowledged rows or spoil the files. Emscripten asks the file system's
 * own `fsync` though, if it has one; this gives it one. PostgreSQL must be told `wal_sync_method=fsync`, since
 * Emscripten's fdatasync does nothing whatever the file system offers.
 */
export class DurableFs extends NodeFS {
  override async init(engine: PGlite, options: InitOptions): ReturnType<NodeFS['init']> {
    const result = await super.init(engine, options);
    const addFsync = (engineModule: { FS: { filesystems: { NODEFS: NodeFsOperations } } }) => {
      const nodeFs = engineModule.FS.filesystems.NODEFS;
      nodeFs.stream_ops.fsync = stream => flushed(() => flush(nodeFs, stream));
    };
    result.emscriptenOpts.preRun = [addFsync as never, ...(result.emscriptenOpts.preRun ?? [])];
    return result;
  }
}

function flush(nodeFs: NodeFsOperations, stream: NodeFsStream): void {
  if (stream.nfd !== undefined) return fsyncSync(stream.nfd);
  const folder = openSync(nodeFs.realPath(stream.node), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function flushed(act: () => void): number {
  try {
    act();
    return 0;
  } catch {
    return EIO;
  }
}

/** What PostgreSQL is started with: PGlite's own parameters, with fsync on. */
export const durableParameters = (defaults: readonly string[]): string[] => [
  ...defaults.filter(parameter => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
];
