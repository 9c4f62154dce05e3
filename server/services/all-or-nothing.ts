import type { ServiceDeps } from '../deps.ts';
import { type Call, perform, type Work } from './unit-of-work.ts';

/** What a table was understood to say: applied, or why not. */
interface Found {
  problems: readonly unknown[];
  applied: boolean;
}

/** Carries what was found out of a transaction that must not commit. */
class NotApplied<F> extends Error {
  readonly found: F;
  constructor(found: F) {
    super('the table was not applied');
    this.found = found;
  }
}

/**
 * Takes a table over, all of it or nothing: `write` does everything, and what it did is kept only without a problem. A preview
 * does everything but commit, so it finds exactly what applying would. `audit` is told once it is to be kept.
 */
export async function allOrNothing<F extends Found>(
  deps: ServiceDeps,
  call: Call,
  { preview }: { preview: boolean },
  write: (work: Work) => Promise<F>,
  audit: (work: Work, found: F) => void,
): Promise<F> {
  try {
    const { reply } = await perform(deps, preview ? { actor: call.actor } : call, async work => {
      const found = await write(work);
      if (preview || found.problems.length > 0) throw new NotApplied({ ...found, applied: false });
      audit(work, found);
      return { ...found, applied: true };
    });
    return reply;
  } catch (error) {
    if (error instanceof NotApplied) return error.found as F;
    throw error;
  }
}
