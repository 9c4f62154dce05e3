/** Worker thread: runs PGlite with PostGIS and answers batches of wire protocol, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { DurableFs, durableParameters } from './durable-fs.ts';
import { concatenate } from './frames.ts';
import type { FromWorker, ToWorker, WorkerInput } from './messages.ts';
import { endsWithReady, errorCode } from './replies.ts';

if (!parentPort) throw new Error('db/embedded/worker.ts runs as a worker thread only');
const port = parentPort;
const input = workerData as WorkerInput;
const IDLE = 'I'.charCodeAt(0);
const STACK_DEPTH_EXCEEDED = '54001';

const engine = await PGlite.create({
  fs: new DurableFs(input.folder),
  extensions: { postgis },
  startParams: durableParameters(PGlite.defaultStartParams),
});
const trap = watchForTraps(engine);

/** The session's state as of the last reply: idle, or in a transaction. */
let idle = true;
let checkpointDue = false;

/**
 * PGlite swallows every exception of the engine's main loop. 'unwind' is PostgreSQL's own way back from an SQL error;
 * anything else (a RangeError, a WebAssembly trap) leaves it poisoned: inserts then 'succeed' and write nothing.
 */
function watchForTraps(database: PGlite): { reason: string | undefined } {
  const seen: { reason: string | undefined } = { reason: undefined };
  const engineModule = database.Module;
  for (const entry of ['_PostgresMainLoopOnce', '_PostgresMainLongJmp'] as const) {
    const original = engineModule[entry];
    engineModule[entry] = () => {
      try {
        original();
      } catch (thrown) {
        if (thrown !== 'unwind') seen.reason ??= String(thrown);
        throw thrown;
      }
    };
  }
  return seen;
}

async function answer(request: Extract<ToWorker, { type: 'request' }>): Promise<void> {
  const pieces: Uint8Array[] = [];
  await engine.runExclusive(() =>
    // The engine reuses its output buffer: copy each piece.
    engine.execProtocolRawStream(request.bytes, { onRawData: piece => pieces.push(piece.slice()) }),
  );
  const bytes = concatenate(pieces);
  if (trap.reason) throw new Error(trap.reason);
  if (request.expectsReady && !endsWithReady(bytes)) throw new Error('a reply without ReadyForQuery');
  if (request.expectsReady) idle = bytes.at(-1) === IDLE;
  const code = errorCode(bytes);
  send({ type: 'reply', session: request.session, bytes }, [bytes.buffer]);
  // The engine's idea of its stack's start is wrong after this one: every later statement would fail alike.
  if (code === STACK_DEPTH_EXCEEDED) throw new Error('stack depth limit exceeded');
}

/** Inside somebody's transaction a checkpoint waits for its end: its own failure would fail that transaction. */
async function checkpointWhenIdle(): Promise<void> {
  if (!checkpointDue || !idle) return;
  checkpointDue = false;
  await engine.exec('checkpoint');
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'request':
      await answer(message);
      return checkpointWhenIdle();
    case 'resetSession':
      await engine.exec('rollback');
      await engine.exec('discard all');
      idle = true;
      return checkpointWhenIdle();
    case 'checkpoint':
      checkpointDue = true;
      return checkpointWhenIdle();
    case 'close':
      await engine.close();
      port.close();
  }
}

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

if (input.initialiseOnly) {
  await engine.exec('create extension if not exists postgis');
  await engine.close();
} else {
  let line = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    line = line.then(() =>
      handle(message).catch((error: unknown) => send({ type: 'broken', reason: describe(error) })),
    );
  });
  send({ type: 'up' });
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : JSON.stringify(thrown);
}
