import type {
  AuditDay,
  AuditFilter,
  AuditItem,
  AuditPerson,
  FindingState,
  Lookers,
  Unusual,
} from '#contract/audit.ts';
import { call, download } from './http.ts';

export type { AuditDay, AuditItem, AuditPerson, Finding, Looker, Lookers, Unusual } from '#contract/audit.ts';

export interface AuditPageReply {
  items: AuditItem[];
  nextCursor: string | null;
}

export const fetchAudit = (
  { looks, ...filter }: AuditFilter,
  page: { limit: number; cursor: string | undefined },
  signal?: AbortSignal,
) =>
  call<AuditPageReply>('GET', '/api/audit', {
    query: { ...filter, ...(looks && { looks: 'true' }), ...page },
    signal,
  });
export const fetchPeople = async (signal: AbortSignal) =>
  (await call<{ items: AuditPerson[] }>('GET', '/api/audit/people', { signal })).items;
export const fetchLookers = (incident: string, signal: AbortSignal) =>
  call<Lookers>('GET', '/api/audit/lookers', { query: { incident }, signal });
export const fetchUnusual = (week: string, signal: AbortSignal) =>
  call<Unusual>('GET', '/api/audit/unusual', { query: { week }, signal });
export const fetchDays = async (signal: AbortSignal) =>
  (await call<{ items: AuditDay[] }>('GET', '/api/audit/days', { signal })).items;

export const reviewFinding = (id: string, body: { state: FindingState; note: string }) =>
  call<unknown>('POST', `/api/audit/unusual/${encodeURIComponent(id)}/review`, { body });

/** Saves the audit as a table; resolves to the number under which the audit knows the export. */
export const exportAudit = (filter: AuditFilter) => download('/api/exports/audit', { body: filter });
