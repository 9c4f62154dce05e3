/** Does the audit still say what was written? Recomputes the whole chain here, without trusting the database's own function. */
import { createHash } from 'node:crypto';
import type { Database } from '../../db/connect.ts';
import { type AuditRow, auditHead, auditRowsAfter } from '../../db/queries/audit-rows.ts';
import type { Anchor } from './anchors.ts';

export type AuditVerdict =
  | { ok: true; rows: number; headHash: string }
  | { ok: false; rows: number; firstBadSeq: number; reason: AuditFault };

/**
 * `missing`: rows between the last good one and this are gone, or there is one too many. `link`: it does not follow
 * on the row before it. `changed`: its content is not what was hashed. `tail`: the newest rows are gone. `rewritten`:
 * the chain holds, but it is not the one that was anchored on a day; the first bad row lies behind the anchor before.
 */
type AuditFault = 'missing' | 'link' | 'changed' | 'tail' | 'rewritten';

const pageSize = 2000;
const genesis = sha256(Buffer.from('jianmian audit chain'));

/**
 * Walks the chain from its beginning and names the first row that is not as it was written. A tail that was cut
 * together with its head shows only against a head that was noted elsewhere: `expectedHead` (hexadecimal), or the
 * anchors of earlier days.
 */
export async function verifyAudit(
  database: Database,
  expectedHead?: string,
  anchors: readonly Anchor[] = [],
): Promise<AuditVerdict> {
  const hashAt = new Map(anchors.map(anchor => [anchor.seq, anchor.hash]));
  const lastAnchored = Math.max(0, ...hashAt.keys());
  return database.read(async tx => {
    let seq = 0;
    let hash = genesis;
    let anchored = 0;
    const fault = (reason: AuditFault, good = seq): AuditVerdict => ({
      ok: false,
      rows: good,
      firstBadSeq: good + 1,
      reason,
    });
    let seenExpected = expectedHead === undefined || hash.toString('hex') === expectedHead;
    for (;;) {
      const page = await auditRowsAfter(tx, seq, pageSize);
      for (const row of page) {
        if (row.seq !== seq + 1) return fault('missing');
        if (!hash.equals(row.previousHash)) return fault('link');
        const computed = sha256(Buffer.concat([hash, Buffer.from(canonicalText(row))]));
        if (!computed.equals(row.hash)) return fault('changed');
        const noted = hashAt.get(row.seq);
        if (noted !== undefined && noted !== computed.toString('hex')) return fault('rewritten', anchored);
        if (noted !== undefined) anchored = row.seq;
        hash = computed;
        seq = row.seq;
        seenExpected ||= hash.toString('hex') === expectedHead;
      }
      if (page.length < pageSize) break;
    }
    const head = await auditHead(tx);
    if (head.seq !== seq || !hash.equals(head.hash) || !seenExpected || seq < lastAnchored)
      return fault('tail');
    return { ok: true, rows: seq, headHash: hash.toString('hex') };
  });
}

/** The same text as the database's `audit_canonical`: a JSON array as jsonb prints it. */
export function canonicalText(row: AuditRow): string {
  const fields = [row.at, row.actor, row.action, row.resource, row.incidentId, row.reason];
  return `[${[String(row.seq), ...fields.map(field => JSON.stringify(field)), row.detail].join(', ')}]`;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
