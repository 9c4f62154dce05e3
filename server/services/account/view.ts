import type { AccountView, SessionView } from '#contract/account.ts';
import { accountFacts } from '../../../db/queries/accounts.ts';
import { passkeysOf } from '../../../db/queries/passkeys.ts';
import { type OpenSessionRow, openSessions } from '../../../db/queries/sessions.ts';
import type { UserActor } from '../../auth/actor.ts';
import { sessionEnded } from '../../auth/lifetime.ts';
import type { SignInSettings } from '../../auth/sign-in-settings.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/** The caller's account as he may see it. */
export async function viewAccount(
  deps: ServiceDeps,
  actor: UserActor,
  { secondFactorRoles }: SignInSettings,
): Promise<AccountView> {
  return deps.database.read(async tx => {
    const facts = await accountFacts(tx, actor.userId);
    const passkeys = (await passkeysOf(tx, actor.userId)).map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
    }));
    const now = machineClock(deps.clock).now();
    const sessions = sessionViews(await openSessions(tx, new Date(now), actor.userId), now, actor.sessionId);
    return { ...facts, secondFactorRequired: secondFactorRoles.has(actor.role), passkeys, sessions };
  });
}

/** Those that did not idle out, as they are shown. */
export function sessionViews(
  open: readonly OpenSessionRow[],
  nowMs: number,
  currentId?: string,
): SessionView[] {
  return open
    .filter(session => !sessionEnded(session.role, session, nowMs))
    .map(({ id, agent, address, signedInBy, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      agent,
      address,
      signedInBy,
      createdAt: new Date(createdAt).toISOString(),
      lastSeenAt: new Date(lastSeenAt).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
      current: id === currentId,
    }));
}
