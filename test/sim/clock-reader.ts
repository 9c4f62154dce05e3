/** Reads a demo's clock as fast as it can and counts how often it saw it go back. */
import { parentPort, workerData } from 'node:worker_threads';
import { DemoClock } from '../../server/clock.ts';

const clock = DemoClock.attach(workerData as SharedArrayBuffer);
let wentBack = 0;
let before = clock.now();
const readings = 200_000;
for (let i = 0; i < readings; i++) {
  const now = clock.now();
  if (now < before) wentBack++;
  before = now;
}
parentPort?.postMessage({ readings, wentBack });
