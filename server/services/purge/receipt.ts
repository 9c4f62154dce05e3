import { createHash } from 'node:crypto';
import { receiptBodySchema, type ReceiptBody, type ReceiptView } from '#contract/retention.ts';
import { newestReceipt, type ReceiptRow } from '../../../db/queries/retention.ts';
import { purgeReceipt } from '../../../db/schema/index.ts';
import { isSigned, type Signer } from '../../audit/signing.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes and signs the receipt of a run. Its digest also goes into the audit, whose chain nobody can bend unnoticed. */
export async function writeReceipt(
  deps: ServiceDeps,
  signer: Signer,
  done: Pick<ReceiptBody, 'classes' | 'held' | 'space'>,
): Promise<ReceiptBody> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const before = await newestReceipt(work.tx);
    const body: ReceiptBody = {
      version: 1,
      id: work.id('rcp'),
      at: work.now,
      ...done,
      previous: before ? digest(before.body) : null,
    };
    const text = JSON.stringify(body);
    await work.tx.insert(purgeReceipt).values({
      id: body.id,
      at: work.at,
      body: text,
      signature: signer.sign(text),
      publicKey: signer.publicKey,
    });
    work.audit({ action: 'retention.purge', resource: body.id, detail: { sha256: digest(text) } });
    return body;
  });
  return reply;
}

/** Receipts, oldest first, each with whether it is signed and follows on the one before it. */
export function checkReceipts(receipts: readonly ReceiptRow[]): ReceiptView[] {
  let previous: string | null = null;
  return receipts.map(({ id, at, body: text, signature, publicKey }) => {
    const body = receiptBodySchema.parse(JSON.parse(text));
    const valid = isSigned(text, signature, publicKey) && body.id === id && body.previous === previous;
    previous = digest(text);
    return { id, at, body, valid };
  });
}
