import { setTimeout } from 'node:timers/promises';
import type { RecordedBelief, RecordedTrace } from '#contract/review.ts';
import { beliefsOf } from '../../../db/queries/belief.ts';
import { traceIsOpen } from '../../../db/queries/review.ts';
import { sightingViews } from '../../../db/queries/sighting-views.ts';
import { sessionStates } from '../../../db/queries/stream-vault.ts';
import type { Actor, UserActor } from '../../auth/actor.ts';
import { lookContextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Lang, planView, posteriorView } from '../../locating/record.ts';
import { withReplayGrant } from '../look/authorise.ts';

export type TracePiece =
  | { name: 'trace'; data: RecordedTrace }
  | { name: 'belief'; data: RecordedBelief }
  | { name: 'whole' | 'revoked'; data: { incidentId: string } };

/** Whether it may still be seen is asked this often. */
const askedEveryMs = 250;
/** As far as any plan is asked for. */
const horizonMin = 120;
/** So many beliefs are read at once. */
const beliefsAtOnce = 20;

export interface TraceLook {
  actor: Actor;
  incidentId: string;
  reason: string | undefined;
  lang: Lang;
}

/**
 * Opens the recorded trace of an incident: audited before anything is read. The pieces go on for as long as it may be seen; they
 * end with `revoked` within a second of the end of incident, authority or session. Throws as `withReplayGrant` does.
 */
export async function openRecordedTrace(
  deps: ServiceDeps,
  { actor, incidentId, reason, lang }: TraceLook,
): Promise<AsyncGenerator<TracePiece>> {
  const grant = await withReplayGrant(deps, actor, incidentId, reason, async (work, granted) => {
    const { id: authorityId } = granted.authority;
    work.audit({
      action: 'replay.trace',
      resource: incidentId,
      incidentId,
      reason: granted.reason,
      detail: { authorityId },
    });
    return granted;
  });
  return pieces(deps, grant.user, { incidentId, lang, expiresAtMs: grant.authority.expiresAt });
}

async function* pieces(
  deps: ServiceDeps,
  user: UserActor,
  { incidentId, lang, expiresAtMs }: { incidentId: string; lang: Lang; expiresAtMs: number },
): AsyncGenerator<TracePiece> {
  const context = () => lookContextOf(user, incidentId, deps.clock.now());
  const sightings = await deps.database.read(tx => sightingViews(tx, incidentId), context());
  yield { name: 'trace', data: { expiresAt: new Date(expiresAtMs).toISOString(), sightings } };
  for (let after = -1; ; ) {
    const beliefs = await deps.database.read(
      tx => beliefsOf(tx, incidentId, after, beliefsAtOnce),
      context(),
    );
    for (const belief of beliefs) {
      const posterior = posteriorView(belief.posterior, belief, lang);
      const plan = planView(belief.plan, belief, { lang, horizonMin });
      yield { name: 'belief', data: { posterior, plan } };
    }
    if (beliefs.length < beliefsAtOnce) break;
    after = beliefs.at(-1)!.seq;
  }
  yield { name: 'whole', data: { incidentId } };
  while (await maySee(deps, user, incidentId)) await setTimeout(askedEveryMs);
  yield { name: 'revoked', data: { incidentId } };
}

/** Whether the caller would be given the trace now, and is still signed in. */
export function maySee(deps: ServiceDeps, user: UserActor, incidentId: string): Promise<boolean> {
  const at = deps.clock.now();
  const { sessionId, role } = user;
  return deps.database.read(
    async tx => {
      const [session] = await sessionStates(tx, [sessionId]);
      if (!session || session.role !== role || session.expiresAt <= at) return false;
      return traceIsOpen(tx, incidentId);
    },
    lookContextOf(user, incidentId, at),
  );
}
