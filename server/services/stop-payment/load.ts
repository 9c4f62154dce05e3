import { type StopRow, stopById } from '../../../db/queries/loop/stops.ts';
import { asSystem } from '../../../db/transaction.ts';
import type { Action } from '../../auth/policy.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { hiddenAs } from '../meeting/load.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * A stop-payment of an incident within reach, locked; the incident may be closed, for banks answer when they answer. Who does not
 * see the incident is told that there is no such stop-payment. Throws notFound, forbidden.
 */
export async function loadStop(work: Work, action: Action, stopId: string): Promise<StopRow> {
  requireAllowed(work.actor, action);
  const known = await asSystem(work.tx, () => stopById(work.tx, stopId));
  if (!known) throw noSuch('stop-payment', stopId);
  // Incident before stop-payment: everybody locks in this order.
  await hiddenAs({ what: 'stop-payment', id: stopId }, () =>
    loadIncident(work.tx, work.actor, action, known.incidentId, 'share'),
  );
  const stop = await stopById(work.tx, stopId, 'update');
  if (!stop) throw noSuch('stop-payment', stopId);
  return stop;
}
