import type { AuditItem } from '../api/audit.ts';

/** Rows that say the same one after the other: a desk that keeps a trace open reads it every few seconds. */
export interface Run {
  newest: AuditItem;
  oldest: AuditItem;
  count: number;
}

const repeats = new Set(['trace.read', 'trace.refuse']);

/** Rows, newest first, with the repeated reads of one person on one incident for one reason taken together. */
export function runsOf(items: readonly AuditItem[]): Run[] {
  const runs: Run[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last && repeats.has(item.action) && sayingOf(last.oldest) === sayingOf(item)) {
      last.oldest = item;
      last.count++;
    } else runs.push({ newest: item, oldest: item, count: 1 });
  }
  return runs;
}

const sayingOf = ({ action, actor, incident, authority, reason, detail }: AuditItem): string =>
  JSON.stringify([action, actor, incident, authority, reason, detail['what'] ?? null]);
