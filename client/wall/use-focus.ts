import { useState } from 'react';
import { useNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { nextFocus } from './focus.ts';

/** The incident that the wall's map holds in the middle; null: the whole county. */
export function useFocus(): string | null {
  const open = useLive(live => queue(live.world.incidents));
  const now = useNow();
  const [focus, setFocus] = useState(() => nextFocus({ incidentId: null, sinceMs: 0 }, open, now));
  // Worked out while rendering, so that no frame shows the focus of before.
  const next = nextFocus(focus, open, now);
  if (next !== focus) setFocus(next);
  return next.incidentId;
}
