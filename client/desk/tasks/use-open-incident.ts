import type { WorldIncident } from '#domain/world.ts';
import { pageAt, usePath } from '../../app/router.ts';
import { useLive } from '../../store/live.ts';

/** The open incident whose desk this is: what is ordered is ordered for it. */
export function useOpenIncident(): WorldIncident | undefined {
  const page = pageAt(usePath());
  const id = page.name === 'desk' ? (page.incidentId ?? '') : '';
  const incident = useLive(live => live.world.incidents[id]);
  return incident?.state === 'open' ? incident : undefined;
}
