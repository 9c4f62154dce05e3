/**
 * The recorded trace of the incident that is replayed: what the sightings said, what was believed and planned. Kept while the
 * server lets it be seen, and dropped with its last word or with the line.
 */
import type { SightingView } from '#contract/sighting.ts';
import type { World } from '#domain/world.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { followTrace, type RecordedBelief } from '../api/replay.ts';
import { type Belief, forgetLocate, locateStore, setLocate } from '../desk/locate/locate-store.ts';
import { giveLooks } from '../map/layers/route-looks.ts';
import type { Lang } from '../map/scene.ts';
import { withTrace } from '../store/trace.ts';

export interface Traced {
  /** `ended`: it was open, and may be seen no longer. */
  state: 'closed' | 'opening' | 'open' | 'ended';
  incidentId: string | null;
  expiresAt: string | null;
  sightings: readonly SightingView[];
  /** Oldest first. */
  beliefs: readonly RecordedBelief[];
  error: unknown;
}

const nothing: Traced = {
  state: 'closed',
  incidentId: null,
  expiresAt: null,
  sightings: [],
  beliefs: [],
  error: null,
};
export const tracedStore = createStore<Traced>()(() => nothing);
export const useTraced = <T>(select: (traced: Traced) => T): T => useStore(tracedStore, select);

let line: AbortController | null = null;

/** Opens the recorded trace of an incident: a look, audited with its reason. */
export function openRecordedTrace(incidentId: string, accessReason: string, lang: Lang): void {
  closeRecordedTrace();
  const abort = new AbortController();
  line = abort;
  tracedStore.setState({ ...nothing, state: 'opening', incidentId });
  setLocate({ look: { incidentId, accessReason } });
  void follow(abort, { incidentId, accessReason, lang }).then(
    () => end(abort, null),
    (error: unknown) => end(abort, error),
  );
}

async function follow(
  { signal }: AbortController,
  look: { incidentId: string; accessReason: string; lang: Lang },
): Promise<void> {
  for await (const message of followTrace(look, signal)) {
    if (signal.aborted || message.type === 'revoked') return;
    if (message.type === 'trace') tracedStore.setState({ state: 'open', ...message.trace });
    else tracedStore.setState(({ beliefs }) => ({ beliefs: [...beliefs, message.belief] }));
  }
}

/** Nothing of it stays, whatever ended it. */
function end(abort: AbortController, error: unknown): void {
  if (line !== abort) return;
  line = null;
  forgetLocate();
  tracedStore.setState({ ...nothing, state: error === null ? 'ended' : 'closed', error }, true);
}

/** Shuts the trace, for the viewer has seen enough. */
export function closeRecordedTrace(): void {
  line?.abort();
  line = null;
  forgetLocate();
  tracedStore.setState(nothing, true);
}

/** The world of a moment with what the sightings said that were known by then. */
export function withRecordedTrace(world: World): World {
  const { incidentId, sightings } = tracedStore.getState();
  const known = incidentId === null ? undefined : world.incidents[incidentId]?.sightings;
  if (incidentId === null || !known) return world;
  return withTrace(
    world,
    incidentId,
    sightings.filter(({ id }) => known[id] !== undefined),
  );
}

/** Shows what was believed at an instant, as looking back does. */
export function showBeliefAt(atMs: number): void {
  const { state, beliefs } = tracedStore.getState();
  if (state !== 'open') return;
  const belief: Belief | null = beliefs.findLast(({ posterior }) => Date.parse(posterior.at) <= atMs) ?? null;
  const { past, looks } = locateStore.getState();
  if ((past?.belief ?? null) === belief) return;
  if (!belief) return setLocate({ past: null });
  const { seq, at, restOfWorld, entropyBits } = belief.posterior;
  setLocate({
    past: { mark: { seq, at, restOfWorld, entropyBits, because: 'time' }, belief, loading: false },
    looks: giveLooks(
      looks,
      belief.plan.routes.map(({ unitId }) => unitId),
    ),
  });
}
