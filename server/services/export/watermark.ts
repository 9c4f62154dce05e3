/** What every file that leaves the system carries: who took it, when, of what, under which audited number. */
import { createId } from '#domain/ids.ts';
import { type Actor, actorId } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';

export interface Watermark {
  /** Stands in the audit, too. */
  exportId: string;
  user: string;
  /** ISO 8601 UTC. */
  at: string;
  incidentId: string | null;
}

export function newWatermark(deps: ServiceDeps, actor: Actor, incidentId: string | null): Watermark {
  const atMs = deps.clock.now();
  return {
    exportId: createId('exp', atMs, deps.randomBytes(10)),
    user: actor.kind === 'user' ? `${actor.username} (${actorId(actor)})` : actorId(actor),
    at: new Date(atMs).toISOString(),
    incidentId,
  };
}

/** The mark in one line, for the head of a table. */
export const watermarkLine = ({ exportId, user, at, incidentId }: Watermark): string =>
  `见面 Jianmian · 导出 ${exportId} · ${user} · ${at}${incidentId === null ? '' : ` · 警情 ${incidentId}`} · 内部资料，严禁外传`;
