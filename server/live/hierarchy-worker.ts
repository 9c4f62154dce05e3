/** The thread that builds one hierarchy: some seconds of work that must not stall the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { buildHierarchy } from '#road/contraction.ts';
import type { Arcs } from '#road/hierarchy.ts';

parentPort?.postMessage(buildHierarchy(workerData as Arcs));
