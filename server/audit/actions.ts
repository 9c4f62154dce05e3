import type { AuditAction } from '#contract/audit-actions.ts';

/**
 * What an act leaves behind. Ids, classes and counts only: the audit is kept for ever, so names, numbers and free text
 * about a subject have no place in it. `reason` is the actor's own justification of a look or a correction.
 */
export interface AuditDraft {
  action: AuditAction;
  /** What was acted on: an id, or the kind of thing where there is none yet. */
  resource: string;
  incidentId?: string;
  reason?: string;
  detail?: Record<string, string | number | boolean | null | string[]>;
}
