/** The thread that runs a fork on. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openRoad } from '#road/file.ts';
import type { GroundTables } from '../../locating/protocol.ts';
import { type Problem, solve } from './solve.ts';

/** What the thread is started with. */
export interface Task {
  /** The road file, shared with the server. */
  road: SharedArrayBuffer;
  tables: GroundTables;
  problem: Problem;
}

// Behind everything that somebody waits for in an open case.
if (process.platform === 'linux') setPriority(0, 10);
const { road, tables, problem } = workerData as Task;
parentPort?.postMessage(solve(openRoad(road), tables, problem));
