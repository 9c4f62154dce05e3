import { type DocumentRow, documentById, documentIncident } from '../../../db/queries/loop/documents.ts';
import { asSystem } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, notFound, requireAllowed } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { hiddenAs } from '../meeting/load.ts';
import { perform } from '../unit-of-work.ts';

/** A document of the vault, read only after its audit row is committed. Throws notFound, forbidden. */
export async function readDocument(
  deps: ServiceDeps,
  actor: Actor,
  documentId: string,
): Promise<DocumentRow> {
  await perform(deps, { actor }, async work => {
    requireAllowed(actor, 'document.read');
    const known = await asSystem(work.tx, () => documentIncident(work.tx, documentId));
    if (!known) throw noSuch('document', documentId);
    const { incidentId } = known;
    await hiddenAs({ what: 'document', id: documentId }, () =>
      loadIncident(work.tx, actor, 'document.read', incidentId),
    );
    work.audit({ action: 'paper.read', resource: documentId, incidentId });
  });
  const document = await deps.database.read(tx => documentById(tx, documentId), contextOf(actor));
  if (!document) throw notFound('document');
  return document;
}
