/** Writes one bulletin on paper and ends: shaping the fonts takes a second or two, which the server's own thread has not. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Bulletin } from '#contract/bulletin.ts';
import { bulletinPaper } from './pdf.ts';
import type { Mark } from './xlsx.ts';

const { bulletin, mark } = workerData as { bulletin: Bulletin; mark: Mark };
parentPort!.postMessage(await bulletinPaper(bulletin, mark));
