import type { AuditFilter, AuditItem, Lookers } from '#contract/audit.ts';
import { CodedError } from '#contract/errors.ts';
import {
  type AuditFilterRow,
  auditList,
  incidentsOfSubject,
  lookActions,
  lookersOf,
} from '../../../db/queries/audit-view.ts';
import { incidentByNumber } from '../../../db/queries/retention.ts';
import { elevate, type Tx } from '../../../db/transaction.ts';
import type { AuditDraft } from '../../audit/actions.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { perform } from '../unit-of-work.ts';

/**
 * A page of the audit, newest first. Looking at the audit is audited as well, and that row is committed before anything is
 * read. Throws invalidBody for an incident that is written in neither way.
 */
export async function readAudit(
  deps: ServiceDeps,
  actor: Actor,
  { cursor, limit, ...filter }: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  const beforeSeq = cursor === undefined ? undefined : Number(cursor);
  if (beforeSeq !== undefined && !Number.isSafeInteger(beforeSeq))
    throw new CodedError('badRequest', 'query field cursor: expected what nextCursor said');
  const sought = await noteReading(deps, actor, 'list', filter);
  const found = await deps.database.read(tx => auditList(tx, sought, { beforeSeq, limit: limit + 1 }));
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? String(items.at(-1)!.seq) : null };
}

/** Everybody who looked at the subject of an incident, over all of her incidents; audited. Throws notFound. */
export async function readLookers(deps: ServiceDeps, actor: Actor, incident: string): Promise<Lookers> {
  const { incidentIds } = await noteReading(deps, actor, 'lookers', { incident });
  return deps.database.read(async tx => {
    const incidents = await incidentsOfSubject(tx, incidentIds![0]!);
    const named = new Map(incidents.map(each => [each.id, each]));
    const items = await lookersOf(tx, [...named.keys()]);
    return {
      incidents,
      items: items.map(({ incidentIds: ids, ...looker }) => ({
        ...looker,
        incidents: ids.map(id => named.get(id)!),
      })),
    };
  });
}

/** Writes down that somebody looks at the audit, and what for; gives the filter as the tables know it. */
export async function noteReading(
  deps: ServiceDeps,
  actor: Actor,
  what: 'list' | 'lookers' | 'export',
  filter: AuditFilter,
  draft: Pick<AuditDraft, 'action' | 'resource'> = { action: 'audit.read', resource: what },
): Promise<AuditFilterRow> {
  const { reply } = await perform(deps, { actor }, async work => {
    requireAllowed(work.actor, 'audit.read');
    // Auditors reach no case; what is asked here names none.
    await elevate(work.tx);
    const sought = await toRows(work.tx, filter);
    const [incidentId] = sought.incidentIds ?? [];
    work.audit({
      ...draft,
      ...(incidentId !== undefined && { incidentId }),
      detail: {
        ...(filter.user !== undefined && { user: filter.user }),
        ...(filter.action !== undefined && { action: filter.action }),
        ...(filter.looks !== undefined && { looks: filter.looks }),
        ...(filter.from !== undefined && { from: filter.from }),
        ...(filter.to !== undefined && { to: filter.to }),
      },
    });
    return sought;
  });
  return reply;
}

async function toRows(
  tx: Tx,
  { user, incident, action, looks, from, to }: AuditFilter,
): Promise<AuditFilterRow> {
  const actions = action === undefined ? (looks ? [...lookActions, 'trace.refuse'] : undefined) : [action];
  return {
    ...(user !== undefined && { actor: `user:${user}` }),
    ...(incident && { incidentIds: [await incidentIdOf(tx, incident)] }),
    ...(actions && { actions }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

/** An incident by its id, or by day and number as people speak of it: `2026-11-22/3`. */
async function incidentIdOf(tx: Tx, written: string): Promise<string> {
  const parts = /^(\d{4}-\d{2}-\d{2})\s*[/#]\s*(\d{1,6})$/.exec(written);
  if (!parts) {
    const [known] = await incidentsOfSubject(tx, written);
    if (!known) throw notFound('incident');
    return written;
  }
  const found = await incidentByNumber(tx, parts[1]!, Number(parts[2]));
  if (!found) throw notFound('incident');
  return found.id;
}
