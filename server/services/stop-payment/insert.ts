import { withoutAccount } from '#domain/loop/banks.ts';
import { stopPayment } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

export interface NewStop {
  incidentId: string;
  accountId: string;
  /** As the alert wrote it. */
  bank: string;
  /** Yuan; null: whatever the account holds. */
  amount: number | null;
}

/** Writes a stop-payment into state, log and audit; the caller has asked the policy. @returns its id. */
export async function insertStop(work: Work, { incidentId, accountId, ...asked }: NewStop): Promise<string> {
  const id = work.id('stp');
  const { amount } = asked;
  // What people write beside a bank may hold the account itself, which the log must not.
  const bank = withoutAccount(asked.bank);
  await work.tx.insert(stopPayment).values({
    id,
    incidentId,
    accountId,
    bank,
    amount,
    state: 'requested',
    requestedBy: work.actorId,
    requestedAt: work.at,
  });
  work.append({
    kind: 'stopRequested',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, stopId: id, bank, amount },
  });
  work.audit({ action: 'stop.request', resource: id, incidentId, detail: { amount } });
  return id;
}
