import type { StopLetter } from '#contract/stop-payment.ts';
import { letterNumber } from '#domain/loop/stop-letter.ts';
import { letterOf } from '../../../db/queries/loop/stops.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { loadStop } from './load.ts';

/** What the written request says, with the account in full. Read only after its audit row is committed. Throws notFound, forbidden. */
export async function readLetter(deps: ServiceDeps, actor: Actor, stopId: string): Promise<StopLetter> {
  const { reply: incidentId } = await perform(deps, { actor }, async work => {
    const stop = await loadStop(work, 'stop.request', stopId);
    work.audit({ action: 'stop.readLetter', resource: stopId, incidentId: stop.incidentId });
    return stop.incidentId;
  });
  const found = await deps.database.read(tx => letterOf(tx, stopId), contextOf(actor));
  if (!found) throw notFound('account; it may have been erased');
  const { number, openedAtMs, nth, ...letter } = found;
  return { ...letter, stopId, incidentId, number: letterNumber({ number, openedAtMs }, nth) };
}
