import { eq } from 'drizzle-orm';
import type { BankBody, BankView } from '#contract/bank.ts';
import { CodedError } from '#contract/errors.ts';
import { bankName } from '#domain/loop/banks.ts';
import { bankForUpdate, bankTaken } from '../../../db/queries/loop/banks.ts';
import { bankContact } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/** Adds an entry to the directory. Throws forbidden, conflict when the bank and branch are there already. */
export function addBank(deps: ServiceDeps, call: Call, body: BankBody): Promise<Done<{ bankId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'bank.set');
    const bankId = await insertBank(work, rowOf(body));
    work.audit({ action: 'bank.set', resource: bankId, detail: { change: 'add' } });
    return { bankId };
  });
}

/** Replaces an entry. Throws notFound, forbidden, conflict when another one has its bank and branch. */
export function changeBank(
  deps: ServiceDeps,
  call: Call,
  bankId: string,
  body: BankBody,
): Promise<Done<{ bankId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'bank.set');
    if (!(await bankForUpdate(work.tx, bankId))) throw notFound('bank');
    const row = rowOf(body);
    if (await bankTaken(work.tx, row, bankId)) throw taken(row);
    await updateBank(work, bankId, row);
    work.audit({ action: 'bank.set', resource: bankId, detail: { change: 'change' } });
    return { bankId };
  });
}

/** Takes an entry out of the directory. Throws notFound, forbidden. */
export function removeBank(deps: ServiceDeps, call: Call, bankId: string): Promise<Done<{ bankId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'bank.set');
    if (!(await bankForUpdate(work.tx, bankId))) throw notFound('bank');
    await work.tx.delete(bankContact).where(eq(bankContact.id, bankId));
    work.audit({ action: 'bank.set', resource: bankId, detail: { change: 'remove' } });
    return { bankId };
  });
}

type BankRow = Omit<BankView, 'id'>;

/** An entry as it is kept: its bank under the full name, so that it is there once however it is written. */
export const rowOf = ({ bank, branch, phone, person, hours, note }: BankBody): BankRow => ({
  bank: bankName(bank),
  branch,
  phone,
  person: person || null,
  hours: hours || null,
  note: note || null,
});

/** Writes an entry without asking anybody. Throws conflict when the bank and branch are there already. */
export async function insertBank(work: Work, row: BankRow): Promise<string> {
  const id = work.id('bnk');
  const made = await work.tx
    .insert(bankContact)
    .values({ id, ...row, changedBy: work.actorId, changedAt: work.at })
    .onConflictDoNothing()
    .returning({ id: bankContact.id });
  if (made.length === 0) throw taken(row);
  return id;
}

export const updateBank = (work: Work, bankId: string, row: BankRow) =>
  work.tx
    .update(bankContact)
    .set({ ...row, changedBy: work.actorId, changedAt: work.at })
    .where(eq(bankContact.id, bankId));

const taken = ({ bank, branch }: Pick<BankRow, 'bank' | 'branch'>) =>
  new CodedError(
    'conflict',
    `${[bank, branch].join(' ').trim()} is in the directory already; expected another bank or branch`,
  );
