import { CodedError } from '#contract/errors.ts';
import type { RetentionClass } from '#contract/retention.ts';
import { retentionPeriods } from '../../../db/queries/retention.ts';
import { retentionPeriod } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { periodsOf, refusedPeriod } from '../../retention/classes.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Sets how long a class is kept, within its bounds. Throws invalidBody outside of them. */
export function setPeriod(
  deps: ServiceDeps,
  call: Call,
  name: RetentionClass,
  { days, reason }: { days: number; reason: string },
): Promise<Done<{ class: RetentionClass; days: number }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'retention.set');
    const { userId: setBy } = requireUser(work.actor, 'only a person can set a period');
    const periods = periodsOf(await retentionPeriods(work.tx));
    const refused = refusedPeriod(name, days, periods);
    if (refused !== undefined) throw new CodedError('invalidBody', `body field days: ${refused}`);
    const set = { days, reason, setBy, setAt: work.at };
    await work.tx
      .insert(retentionPeriod)
      .values({ class: name, ...set })
      .onConflictDoUpdate({ target: retentionPeriod.class, set });
    work.audit({ action: 'retention.set', resource: name, reason, detail: { days, before: periods[name] } });
    return { class: name, days };
  });
}
