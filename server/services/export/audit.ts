import type { AuditFilter, AuditItem } from '#contract/audit.ts';
import { auditList } from '../../../db/queries/audit-view.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { streamOf } from '../../http/stream-of.ts';
import { noteReading } from '../review/read.ts';
import { csvHead, csvRow } from './csv.ts';
import { newWatermark } from './watermark.ts';

const columns = [
  'seq',
  'at',
  'actor',
  'name',
  'role',
  'action',
  'resource',
  'incidentDay',
  'incidentNumber',
  'authority',
  'legalBasis',
  'reason',
  'detail',
];
const rowsAtOnce = 1000;

/** The audit as a table, newest first. The export's own row is committed before the first byte. */
export async function exportAudit(
  deps: ServiceDeps,
  actor: Actor,
  filter: AuditFilter,
): Promise<{ exportId: string; body: ReadableStream<Uint8Array> }> {
  const mark = newWatermark(deps, actor, null);
  const sought = await noteReading(deps, actor, 'export', filter, {
    action: 'audit.export',
    resource: mark.exportId,
  });
  async function* text(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(csvHead(mark, columns));
    for (let beforeSeq: number | undefined; ; ) {
      const before = beforeSeq;
      const items = await deps.database.read(tx =>
        auditList(tx, sought, { beforeSeq: before, limit: rowsAtOnce }),
      );
      yield encoder.encode(items.map(item => csvRow(mark, cellsOf(item))).join(''));
      if (items.length < rowsAtOnce) return;
      beforeSeq = items.at(-1)!.seq;
    }
  }
  return { exportId: mark.exportId, body: streamOf(text()) };
}

const cellsOf = ({
  seq,
  at,
  actor,
  person,
  action,
  resource,
  incident,
  authority,
  reason,
  detail,
}: AuditItem) => [
  seq,
  at,
  actor,
  person?.name,
  person?.role,
  action,
  resource,
  incident?.day,
  incident?.number,
  authority?.number,
  authority?.legalBasis,
  reason,
  JSON.stringify(detail),
];
