import { sql } from 'drizzle-orm';
import type { DocumentKind } from '#contract/kinds.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow } from '../sql.ts';

/** Which incident a document is of; it tells nothing else. */
export const documentIncident = (tx: Tx, documentId: string): Promise<{ incidentId: string } | undefined> =>
  firstRow(tx, sql`select incident_id as "incidentId" from document_private where id = ${documentId}`);

export interface DocumentRow {
  id: string;
  kind: DocumentKind;
  mime: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** A recording's: where it is kept. */
  reference: string | null;
}

/** A document itself. Part of the vault: audit first. */
export const documentById = (tx: Tx, documentId: string): Promise<DocumentRow | undefined> =>
  firstRow(tx, sql`select id, kind, mime, bytes, reference from document_private where id = ${documentId}`);
