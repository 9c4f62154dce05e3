import { useEffect, useRef } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useLive } from '../../store/live.ts';
import { type Feed, startFeed } from './feed.ts';

/** Follows an incident while its trace is open here; `tasks` changes whenever its search tasks do. */
export function useLocateFeed({ id, state, believedSeq }: WorldIncident, tasks: string): void {
  const reason = useLive(live => live.traceReasons[id]);
  const lang = usePrefs(prefs => prefs.lang);
  const feed = useRef<Feed | null>(null);
  useEffect(() => {
    if (reason === undefined || state !== 'open') return;
    const started = startFeed({ incidentId: id, accessReason: reason });
    feed.current = started;
    return () => {
      feed.current = null;
      started.stop();
    };
  }, [id, reason, state]);
  useEffect(() => feed.current?.refresh(lang), [id, reason, state, believedSeq, tasks, lang]);
}
