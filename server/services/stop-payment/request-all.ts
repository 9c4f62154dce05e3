import { CodedError } from '#contract/errors.ts';
import { isToAsk } from '#domain/loop/stop.ts';
import { accountsOf } from '../../../db/queries/loop/stops.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { insertStop } from './insert.ts';

/**
 * Asks for every known account that no bank was asked for, in one transaction: each is a request of its own. Throws notFound,
 * forbidden, alreadyClosed; conflict when there is none.
 */
export function requestAllStops(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
): Promise<Done<{ stopIds: string[] }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'stop.request', incidentId, 'update'));
    const accounts = await accountsOf(work.tx, incidentId);
    const waiting = accounts.filter(({ state }) => isToAsk(state));
    if (waiting.length === 0) {
      const why = accounts.length === 0 ? 'no account is known' : 'every known account is asked for already';
      throw new CodedError('conflict', `${why}; expected an account without a stop-payment`, {
        accounts: accounts.length,
      });
    }
    const stopIds: string[] = [];
    for (const { id: accountId, bank, amount } of waiting)
      stopIds.push(await insertStop(work, { incidentId, accountId, bank, amount }));
    return { stopIds };
  });
}
