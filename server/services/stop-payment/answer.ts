import { CodedError } from '#contract/errors.ts';
import type { StopAnswerBody } from '#contract/stop-payment.ts';
import { answeredAtMs, answerProblem } from '#domain/loop/stop.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadStop } from './load.ts';
import { endStop, requireMovable } from './move.ts';

/**
 * What the bank answered, also after the incident was closed. Throws notFound, forbidden; invalidBody for a confirmation without
 * an amount, more than was asked for, a time before the request or in the future; conflict when it was answered or taken back.
 */
export function answerStop(
  deps: ServiceDeps,
  call: Call,
  stopId: string,
  to: 'confirmed' | 'refused',
  { amountHeld, at, note }: StopAnswerBody,
): Promise<Done<{ stopId: string }>> {
  return perform(deps, call, async work => {
    const stop = await loadStop(work, 'stop.answer', stopId);
    requireMovable(stop, to);
    const nowMs = work.at.getTime();
    const atMs = at === undefined ? nowMs : Date.parse(at);
    const problem = answerProblem(stop, { to, amountHeld, atMs }, nowMs);
    if (problem)
      throw new CodedError('invalidBody', `body field ${problem.field}: ${problem.expected}`, [
        { path: problem.field, message: problem.expected },
      ]);
    await endStop(work, stop, {
      to,
      at: new Date(answeredAtMs(stop, atMs, nowMs)),
      amountHeld: to === 'confirmed' ? amountHeld! : null,
      note,
    });
    return { stopId };
  });
}

/** Takes a request back that no bank has answered. Throws notFound, forbidden, conflict. */
export function withdrawStop(
  deps: ServiceDeps,
  call: Call,
  stopId: string,
  reason: string,
): Promise<Done<{ stopId: string }>> {
  return perform(deps, call, async work => {
    const stop = await loadStop(work, 'stop.request', stopId);
    requireMovable(stop, 'withdrawn');
    await endStop(work, stop, { to: 'withdrawn', at: work.at, amountHeld: null, note: reason });
    return { stopId };
  });
}
