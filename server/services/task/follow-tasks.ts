import { eq } from 'drizzle-orm';
import { unitStateAfter } from '#domain/task.ts';
import { openTaskStates } from '../../../db/queries/task.ts';
import { unitById } from '../../../db/queries/units.ts';
import { unit } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

/** Makes a unit's state what its open tasks say, with the log row when that changes it. */
export async function followTasks(work: Work, unitId: string): Promise<void> {
  const known = await unitById(work.tx, unitId, 'update');
  if (!known) return;
  const state = unitStateAfter(known.state, await openTaskStates(work.tx, unitId));
  if (state === known.state) return;
  await work.tx.update(unit).set({ state }).where(eq(unit.id, unitId));
  work.append({ kind: 'unitStateChanged', observedAt: work.now, payload: { unitId, state } });
}
