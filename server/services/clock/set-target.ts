import { and, eq, isNull } from 'drizzle-orm';
import type { ClockTargetBody } from '#contract/clock.ts';
import { clockTarget } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Sets within which time something is to be done, from the next clock on; those that run keep theirs. */
export function setClockTarget(
  deps: ServiceDeps,
  call: Call,
  { kind, risk, targetS, warnS, reason }: ClockTargetBody,
): Promise<Done<{ kind: string; risk: string | null }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'clock.set');
    const { userId } = requireUser(work.actor, 'only a person can set a target');
    const set = { targetS, warnS, reason, setBy: userId, setAt: work.at };
    const sameRisk = risk === null ? isNull(clockTarget.risk) : eq(clockTarget.risk, risk);
    await work.tx.delete(clockTarget).where(and(eq(clockTarget.kind, kind), sameRisk));
    await work.tx.insert(clockTarget).values({ kind, risk, ...set });
    work.audit({
      action: 'clock.setTarget',
      resource: kind,
      reason,
      detail: { risk, targetS, warnS },
    });
    return { kind, risk };
  });
}
