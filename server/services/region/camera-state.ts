import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { camera } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

export interface CameraState {
  id: string;
  working: boolean;
  /** ISO 8601; null while it works. */
  downSince: string | null;
}

/** Says that a camera is down, or works again. Throws notFound; saying what is known already changes nothing. */
export function setCameraState(
  deps: ServiceDeps,
  call: Call,
  id: string,
  working: boolean,
): Promise<Done<CameraState>> {
  requireAllowed(call.actor, 'camera.setState');
  return perform(deps, call, async work => {
    const [known] = await work.tx
      .select({ working: camera.working, downSince: camera.downSince })
      .from(camera)
      .where(eq(camera.id, id))
      .for('update');
    if (!known) throw new CodedError('notFound', `there is no camera ${id}`);
    if (known.working === working) {
      return { id, working, downSince: known.downSince?.toISOString() ?? null };
    }
    await changeCamera(work, id, working);
    work.audit({ action: 'camera.setState', resource: id, detail: { working } });
    return { id, working, downSince: working ? null : work.now };
  });
}

/** Writes a camera's new state and its row of the log. */
export async function changeCamera(work: Work, cameraId: string, working: boolean): Promise<void> {
  await work.tx
    .update(camera)
    .set({ working, downSince: working ? null : work.at })
    .where(eq(camera.id, cameraId));
  work.append({ kind: 'cameraStateChanged', observedAt: work.now, payload: { cameraId, working } });
}
