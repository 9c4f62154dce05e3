import type { StopList } from '#contract/stop-payment.ts';
import { numberOf, withoutAccount } from '#domain/loop/banks.ts';
import { isToAsk, stopTotals } from '#domain/loop/stop.ts';
import { listBanks } from '../../../db/queries/loop/banks.ts';
import { accountsOf, stopsOf } from '../../../db/queries/loop/stops.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident } from '../incident/load.ts';

/** A bank can tell an account by it, and nobody can use it; of a short number less. */
const lastFour = (account: string): string => account.slice(account.length < 8 ? -2 : -4);

/** The money of an incident: its accounts, masked, what banks were asked and answered, and whom to telephone. */
export function stopList(deps: ServiceDeps, actor: Actor, incidentId: string): Promise<StopList> {
  return deps.database.read(async tx => {
    await loadIncident(tx, actor, 'stop.request', incidentId);
    const [stops, accounts, directory] = [
      await stopsOf(tx, incidentId),
      await accountsOf(tx, incidentId),
      await listBanks(tx),
    ];
    return {
      items: stops.map(({ account, ...stop }) => ({
        ...stop,
        lastFour: account && lastFour(account),
        number: numberOf(stop.bank, directory),
      })),
      accounts: accounts.map(({ id: accountId, bank, number, amount, stopId, state }) => ({
        accountId,
        bank: withoutAccount(bank),
        lastFour: lastFour(number),
        amount,
        stopId,
        requestable: state !== 'requested',
        inAll: isToAsk(state),
        number: numberOf(bank, directory),
      })),
      totals: stopTotals(stops),
    };
  }, contextOf(actor));
}
