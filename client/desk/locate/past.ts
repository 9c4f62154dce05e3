/** Looking back at what was believed earlier. */
import { type BeliefMark, fetchBeliefs } from '../../api/locate.ts';
import type { Lang } from '../../map/scene.ts';
import { fetchBelief } from './feed.ts';
import { locateStore, setLocate } from './locate-store.ts';

const settleMs = 90;
const mostVisited = 40;

/** Fetches the moments that one can go back to. */
export async function openPast(): Promise<void> {
  const { look } = locateStore.getState();
  if (!look) return;
  const marks = await fetchBeliefs(look);
  if (locateStore.getState().look === look) setLocate({ marks });
}

/** Back to now, and the moments folded away. */
export function closePast(): void {
  setLocate({ past: null, marks: null });
}

/** True when there was a past to leave. */
export function leavePast(): boolean {
  if (!locateStore.getState().past) return false;
  setLocate({ past: null });
  return true;
}

/** Goes to a moment; what is on the screen stays until the answer is there, and only the last one asked for counts. */
export async function goTo(mark: BeliefMark, lang: Lang): Promise<void> {
  const { look, past, visited } = locateStore.getState();
  if (!look) return;
  const key = `${lang} ${mark.seq} ${mark.at}`;
  const known = visited[key];
  setLocate({ past: { mark, belief: known ?? past?.belief ?? null, loading: known === undefined } });
  if (known) return;
  const still = () => locateStore.getState().look === look && locateStore.getState().past?.mark === mark;
  await new Promise(resolve => setTimeout(resolve, settleMs));
  if (!still()) return;
  try {
    const belief = await fetchBelief(look, lang, mark.seq, new AbortController().signal);
    if (!still()) return;
    const others = Object.entries(locateStore.getState().visited).slice(1 - mostVisited);
    setLocate({
      past: { mark, belief, loading: false },
      visited: Object.fromEntries([...others, [key, belief]]),
    });
  } catch (error) {
    if (still()) setLocate({ past: null, error });
  }
}
