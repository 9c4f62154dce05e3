import type { ScamType } from '#contract/alert.ts';
import type { PriorBody } from '#contract/prior.ts';
import { priorChange } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/**
 * Sets how likely the kinds of places are for a kind of script, or goes back to the defaults. What was learned from closed
 * incidents stays and counts on top. Throws forbidden.
 */
export function setPriors(
  deps: ServiceDeps,
  call: Call,
  scamType: ScamType,
  { weights, reason }: PriorBody,
): Promise<Done<{ scamType: ScamType }>> {
  return perform(deps, call, async work => {
    const { actor, at } = work;
    requireAllowed(actor, 'prior.set');
    const { userId: setBy } = requireUser(actor, 'only a person can set priors');
    await work.tx.insert(priorChange).values({ scamType, weights, reason, setBy, setAt: at });
    const reset = weights === null;
    work.append({ kind: 'priorsSet', observedAt: work.now, payload: { scamType, reset } });
    work.audit({ action: 'prior.set', resource: scamType, reason, detail: { reset } });
    return { scamType };
  });
}
