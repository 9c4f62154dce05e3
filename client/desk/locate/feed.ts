/** Keeps what the open look shows up to date: asked again when the server has thought anew, and now and then. */
import { ApiFailure } from '../../api/http.ts';
import {
  type BeliefMark,
  fetchBeliefs,
  fetchPlan,
  fetchPosterior,
  type LocateLook,
} from '../../api/locate.ts';
import { giveLooks } from '../../map/layers/route-looks.ts';
import type { Lang } from '../../map/scene.ts';
import { type Belief, forgetLocate, locateStore, setLocate } from './locate-store.ts';

export interface Feed {
  /** Asks soon, for sentences in this language; what came meanwhile is answered by one question. */
  refresh: (lang: Lang) => void;
  stop: () => void;
}

const soonMs = 120;
const everyMs = 30_000;

/** Begins with the look, asks nothing before the first `refresh`. */
export function startFeed(look: LocateLook): Feed {
  const abort = new AbortController();
  let soon: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;
  let lang: Lang | undefined;
  setLocate({ look });

  async function ask(): Promise<void> {
    if (lang === undefined) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const { marks } = locateStore.getState();
      const [now, fresh] = await Promise.all([
        fetchBelief(look, lang, undefined, abort.signal),
        marks && fetchBeliefs(look, abort.signal),
      ]);
      if (!abort.signal.aborted) take(now, fresh);
    } catch (error) {
      if (!abort.signal.aborted) fail(error);
    } finally {
      busy = false;
      if (again && !abort.signal.aborted) void ask();
      again = false;
    }
  }
  const timer = setInterval(() => void ask(), everyMs);
  return {
    refresh: wanted => {
      lang = wanted;
      clearTimeout(soon);
      soon = setTimeout(() => void ask(), soonMs);
    },
    stop: () => {
      clearTimeout(soon);
      clearInterval(timer);
      abort.abort();
      forgetLocate();
    },
  };
}

export async function fetchBelief(
  look: LocateLook,
  lang: Lang,
  seq: number | undefined,
  signal: AbortSignal,
): Promise<Belief> {
  const [posterior, plan] = await Promise.all([
    fetchPosterior(look, { lang, seq }, signal),
    fetchPlan(look, { lang, seq }, signal),
  ]);
  return { posterior, plan };
}

function take(now: Belief, marks: readonly BeliefMark[] | null): void {
  const looks = giveLooks(
    locateStore.getState().looks,
    now.plan.routes.map(({ unitId }) => unitId),
  );
  setLocate({ now, looks, error: null, ...(marks && { marks }) });
}

const over = new Set(['traceNotAllowed', 'forbidden', 'notFound', 'unauthenticated']);

/** Whoever may no longer look keeps nothing; any other failure leaves the last answer on the screen. */
function fail(error: unknown): void {
  const { look } = locateStore.getState();
  if (error instanceof ApiFailure && over.has(error.code)) forgetLocate();
  setLocate({ look, error });
}
