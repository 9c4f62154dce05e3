import { textPrivate } from '../../db/schema/index.ts';
import type { Work } from './unit-of-work.ts';

/** Puts free text into the erasable vault and gives its id, which is all that log and audit know. Null for no text. */
export async function keepText(
  work: Work,
  incidentId: string,
  body: string | undefined,
): Promise<string | null> {
  if (body === undefined || body === '') return null;
  const id = work.id('txt');
  await work.tx.insert(textPrivate).values({ id, incidentId, body, createdAt: work.at });
  return id;
}
