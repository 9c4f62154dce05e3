import { useEffect, useState } from 'react';
import { reloadOnce } from '../app/versions.ts';
import { serverNow, useNow } from '../clock/use-now.ts';
import { useLive } from '../store/live.ts';

/** While something is critical the picture stays, but not for longer than this. */
const longestWaitMs = 10 * 60_000;

/** The entry script that a page of ours names; its name changes with every build. */
const entryOf = (page: Document): string | null =>
  page.querySelector('script[type=module][src]')?.getAttribute('src') ?? null;

/**
 * Asks, whenever the line to the server was made anew, whether the server has another build of this page, and loads it
 * as soon as it is `quiet`. True while one waits.
 */
export function useNewVersion(quiet: boolean): boolean {
  const live = useLive(({ link }) => link.state === 'live');
  const now = useNow();
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  useEffect(() => {
    if (!live) return;
    const abort = new AbortController();
    hasNewBuild(abort.signal).then(
      is => is && setSinceMs(before => before ?? serverNow()),
      () => {
        // Asked again with the next line.
      },
    );
    return () => abort.abort();
  }, [live]);
  const due = sinceMs !== null && (quiet || now - sinceMs > longestWaitMs);
  useEffect(() => {
    if (due) reloadOnce();
  }, [due, now]);
  return sinceMs !== null;
}

async function hasNewBuild(signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(location.pathname, {
    signal,
    cache: 'no-store',
    headers: { Accept: 'text/html' },
  });
  if (!answer.ok) return false;
  const entry = entryOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  return entry !== null && entry !== entryOf(document);
}
