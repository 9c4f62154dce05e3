import { lt, sql } from 'drizzle-orm';
import type { PurgedClass } from '#contract/retention.ts';
import { idempotencyKey, loginFailure, unknownDevice, userSession } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

/** Sessions that ended before `before` (looks go with them; the audit keeps who looked), and failed sign-ins of that time. */
export async function purgeSessions(deps: ServiceDeps, before: Date): Promise<PurgedClass> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const ended = lt(sql`coalesce(${userSession.revokedAt}, ${userSession.expiresAt})`, before);
    const sessions = await work.tx.delete(userSession).where(ended);
    const failures = await work.tx.delete(loginFailure).where(lt(loginFailure.at, before));
    return { user_session: sessions.rowCount ?? 0, login_failure: failures.rowCount ?? 0 };
  });
  return { class: 'sessions', dueBefore: before.toISOString(), rows: reply };
}

/** Devices that nobody knew and nobody admitted. */
export async function purgeQuarantine(deps: ServiceDeps, before: Date): Promise<PurgedClass> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const devices = await work.tx.delete(unknownDevice).where(lt(unknownDevice.lastAt, before));
    return devices.rowCount ?? 0;
  });
  return { class: 'quarantine', dueBefore: before.toISOString(), rows: { unknown_device: reply } };
}

/** Kept answers to requests that nobody sends again any more. */
export async function purgeRequests(deps: ServiceDeps, before: Date): Promise<PurgedClass> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const answers = await work.tx.delete(idempotencyKey).where(lt(idempotencyKey.createdAt, before));
    return answers.rowCount ?? 0;
  });
  return { class: 'requests', dueBefore: before.toISOString(), rows: { idempotency_key: reply } };
}
