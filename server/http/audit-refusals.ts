import { setTimeout as sleep } from 'node:timers/promises';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { CodedError } from '#contract/errors.ts';
import { type Sought, whatWasSought } from '../../db/queries/sought.ts';
import { elevate } from '../../db/transaction.ts';
import type { Actor } from '../auth/actor.ts';
import type { ServiceDeps } from '../deps.ts';
import { NoSuchThing } from '../services/guard.ts';
import { perform } from '../services/unit-of-work.ts';
import type { AppEnv } from './types.ts';

/** 'No such thing' leaves at a multiple of this after its request came in; longer than what it takes to find out and to write. */
const stepMs = 25;

/**
 * Notes each time that somebody who is known was refused by the policy: who tries doors is worth knowing. That is also whoever
 * asked for something that exists and was told that it does not, and nobody who asked for what truly does not. So that the row
 * cannot be felt, both answers leave in the same rhythm. The route is kept, not the address, which could hold anything.
 * Refused looks, sign-ins and proofs write rows of their own. The refusal stands whether or not its row could be written.
 */
export function auditRefusals(deps: ServiceDeps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now();
    await next();
    const actor = c.get('actor');
    const known = actor.kind === 'user' || actor.kind === 'device';
    const { error } = c;
    if (!known || !(error instanceof CodedError)) return;
    const resource = `${c.req.method} ${routePath(c, -1)}`;
    const sought = error instanceof NoSuchThing ? error.sought : undefined;
    if (error.code !== 'forbidden' && !sought) return;
    try {
      await note(deps, actor, resource, sought);
    } catch (failure) {
      deps.log.error({ error: failure, resource }, 'a refusal could not be written into the audit');
    }
    if (sought) await sleep(restOfStep(performance.now() - began));
  });
}

/** How long until the next step ends. */
export const restOfStep = (elapsedMs: number): number => stepMs - (elapsedMs % stepMs);

async function note(
  deps: ServiceDeps,
  actor: Actor,
  resource: string,
  sought: Sought | undefined,
): Promise<void> {
  await perform(deps, { actor }, async work => {
    const kind = actor.kind;
    if (!sought) return work.audit({ action: 'access.refuse', resource, detail: { kind } });
    await elevate(work.tx);
    const found = await whatWasSought(work.tx, sought, work.actorId);
    if (!found) return;
    const { what, id } = sought;
    const { incidentId } = found;
    work.audit({
      action: 'access.refuse',
      resource,
      ...(incidentId !== null && { incidentId }),
      detail: { kind, hidden: what, id },
    });
  });
}
