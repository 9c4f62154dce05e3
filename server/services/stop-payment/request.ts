import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { StopBody } from '#contract/stop-payment.ts';
import { type AccountRow, accountsOf } from '../../../db/queries/loop/stops.ts';
import { accountPrivate } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { insertStop } from './insert.ts';

/**
 * Asks a bank to hold the money of one account of an open incident; a number that is new joins its accounts. Throws notFound,
 * forbidden, alreadyClosed; invalidBody for what is neither an account of this incident nor a number; conflict while the bank is
 * asked for it already.
 */
export function requestStop(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  body: StopBody,
): Promise<Done<{ stopId: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'stop.request', incidentId, 'update'));
    const account = await findAccount(work, incidentId, body);
    if (account.state === 'requested') {
      throw new CodedError('conflict', 'the bank is asked for this account already; expected its answer', {
        stopId: account.stopId,
      });
    }
    const { id: accountId, bank } = account;
    const stopId = await insertStop(work, {
      incidentId,
      accountId,
      bank,
      amount: body.amount ?? account.amount,
    });
    return { stopId };
  });
}

const plain = (number: string): string => number.normalize('NFKC').replaceAll(/[\s-]/g, '');
/** Cards and account books; a wallet is also called by a telephone number or an address of e-mail. */
const numberShape = /^[\p{L}\d@._+]{4,40}$/u;

/** The account that is meant, by its id or number; one that is new is put into the vault. */
async function findAccount(
  work: Work,
  incidentId: string,
  { account: said, bank, amount }: StopBody,
): Promise<AccountRow> {
  const accounts = await accountsOf(work.tx, incidentId);
  const number = plain(said);
  const found =
    accounts.find(({ id }) => id === said) ?? accounts.find(account => plain(account.number) === number);
  if (found) return found.bank === '' && bank ? nameBank(work, found, bank) : found;
  if (!/\d{4}/.test(number) || !numberShape.test(number) || said.startsWith('acc_')) {
    throw new CodedError(
      'invalidBody',
      'body field account: expected the id of an account of this incident, or a number of 4 to 40 characters',
    );
  }
  const fresh = { id: work.id('acc'), bank: bank ?? '', number, amount: amount ?? null };
  await work.tx.insert(accountPrivate).values({ ...fresh, incidentId });
  return { ...fresh, stopId: null, state: null };
}

/** An alert may tell an account without its bank. */
async function nameBank(work: Work, account: AccountRow, bank: string): Promise<AccountRow> {
  await work.tx
    .update(accountPrivate)
    .set({ bank })
    .where(and(eq(accountPrivate.id, account.id), eq(accountPrivate.bank, '')));
  return { ...account, bank };
}
