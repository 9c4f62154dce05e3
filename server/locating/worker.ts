/** The thread that works out where subjects may be. It must not take time from what the server does meanwhile. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openRoad } from '#road/file.ts';
import { Locator } from './locator.ts';
import type { FromLocator, LocatorOptions, ToLocator } from './protocol.ts';

/** On Linux a thread may be nicer than its process: 0 means the one that asks. */
const niceness = 3;

const say = (message: FromLocator, transfer: ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, transfer);

/** What is left to be rehearsed; the first real question ends it. */
let rehearsing: Iterator<void> | undefined;

/** Step by step, so that a question waits for one step at most. */
function rehearse(): void {
  try {
    if (rehearsing?.next().done === false) setImmediate(rehearse);
  } catch {
    // Whatever it is, a real question will say it with its incident, and the thread must live to answer others.
    rehearsing = undefined;
  }
}

function hear(locator: Locator, message: ToLocator): void {
  switch (message.type) {
    case 'ground':
      locator.setGround(message.tables);
      rehearsing = locator.rehearse();
      setImmediate(rehearse);
      return undefined;
    case 'road':
      return locator.setRoad(message.road);
    case 'forget':
      return locator.forget(message.incidentId);
    case 'target':
      return say({ type: 'target', id: message.id, target: locator.target(message.targetId) });
    case 'ask': {
      rehearsing?.return?.();
      const startedMs = performance.now();
      const { posterior, plan, ...rest } = locator.answer(message.question);
      const answer = { posterior, plan, ...rest, tookMs: performance.now() - startedMs };
      return say({ type: 'answer', id: message.id, answer }, [posterior.buffer, plan.buffer]);
    }
  }
}

if (process.platform === 'linux') setPriority(0, niceness);
const locator = new Locator(openRoad((workerData as LocatorOptions).road));
parentPort?.on('message', (message: ToLocator) => {
  try {
    hear(locator, message);
  } catch (error) {
    if (!('id' in message)) throw error;
    say({
      type: 'failed',
      id: message.id,
      message: error instanceof Error ? (error.stack ?? '') : String(error),
    });
  }
});
