/** Writes one paper and ends: shaping the fonts takes a second or two, which the server's own thread has not. */
import { parentPort, workerData } from 'node:worker_threads';
import { afterActionPaper } from './after-action/paper.ts';
import type { Paper } from './paper.ts';
import { bulletinPaper } from './pdf.ts';
import type { Mark } from './xlsx.ts';

const { paper, mark } = workerData as { paper: Paper; mark: Mark };
parentPort!.postMessage(
  await ('bulletin' in paper
    ? bulletinPaper(paper.bulletin, mark)
    : afterActionPaper(paper.afterAction, mark)),
);
