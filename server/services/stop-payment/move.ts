import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { stopStatesBefore } from '#domain/loop/stop.ts';
import { vaultGone } from '../../../db/queries/loop/outcomes.ts';
import type { StopRow } from '../../../db/queries/loop/stops.ts';
import { stopPayment } from '../../../db/schema/index.ts';
import { wrongState } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import type { Work } from '../unit-of-work.ts';

export interface StopEnd {
  to: 'confirmed' | 'refused' | 'withdrawn';
  at: Date;
  amountHeld: number | null;
  note: string | undefined;
}

/** Throws conflict unless the stop-payment may come to `to` from where it is. */
export function requireMovable({ state }: StopRow, to: StopEnd['to']): void {
  const expected = stopStatesBefore(to);
  if (expected.includes(state)) return;
  throw wrongState('stop-payment', state, expected);
}

/** Ends a locked stop-payment in state, log and audit. Throws conflict for words when the incident's vault was erased. */
export async function endStop(
  work: Work,
  { id, incidentId }: StopRow,
  { to, at, amountHeld, note }: StopEnd,
): Promise<void> {
  if (note && (await vaultGone(work.tx, incidentId))) {
    throw new CodedError('conflict', 'the names and words of this incident were erased; expected no text', {
      why: 'vaultGone',
    });
  }
  await work.tx
    .update(stopPayment)
    .set({
      state: to,
      answeredBy: work.actorId,
      answeredAt: at,
      amountHeld,
      noteId: await keepText(work, incidentId, note),
    })
    .where(eq(stopPayment.id, id));
  work.append({
    kind: 'stopMoved',
    incidentId,
    observedAt: at.toISOString(),
    payload: { incidentId, stopId: id, to, amountHeld },
  });
  work.audit({ action: 'stop.answer', resource: id, incidentId, detail: { to, amountHeld } });
}
