import type { AlertBody } from '#contract/alert.ts';
import type { Work } from '../unit-of-work.ts';

/** An incident that an alert has just opened or joined. */
export interface LoopStart {
  incidentId: string;
  body: AlertBody;
  stationId: string | null;
  /** It was open already. */
  joined: boolean;
}

/**
 * What begins by itself with an alert, in its transaction: everything that would otherwise cost somebody a minute. Clocks
 * start by the facts alone (unit-of-work).
 */
export async function openLoop(_work: Work, _start: LoopStart): Promise<void> {}
