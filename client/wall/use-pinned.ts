import { useEffect, useMemo, useState } from 'react';
import { fetchPinned, type PinnedView } from '../api/access.ts';
import { useNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';
import { isPinned, pinsVersion } from './pins.ts';

/** What was believed changes with time as well. */
const everyMs = 30_000;

/**
 * What leaders have put on the wall, as far as it stands at this very second: a pin that ended is gone before the server is asked
 * again.
 */
export function usePinned(): readonly PinnedView[] {
  const incidents = useLive(live => live.world.incidents);
  const version = useLive(live => pinsVersion(live.world));
  const now = useNow();
  const [views, setViews] = useState<readonly PinnedView[]>([]);
  const standing = Object.values(incidents)
    .filter(incident => isPinned(incident, now))
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    const abort = new AbortController();
    const ask = () =>
      fetchPinned(abort.signal).then(setViews, () => {
        // What is shown stays for as long as its pins stand.
      });
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [version, standing]);
  return useMemo(() => {
    const ids = new Set(standing.split(' '));
    return views.filter(({ incidentId }) => ids.has(incidentId));
  }, [views, standing]);
}
