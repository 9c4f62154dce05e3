/** Snapshots and position frames, shared by viewers of the same class. */
import { PROTOCOL_VERSION } from '#contract/stream.ts';
import { type Clock, rateOf } from '../clock.ts';
import type { Fleet } from '../live/fleet.ts';
import type { LiveWorld } from '../live/world.ts';
import { encodePositions, positionsFrame, snapshotFrame } from './frames.ts';
import { type Views, worldFor } from './project.ts';
import type { ScopeClass } from './scope.ts';

export interface SnapshotSources {
  world: LiveWorld;
  fleet: Fleet;
  clock: Clock;
}

/** Classes whose world is kept as text; there are about as many as stations. */
const mostKept = 64;

export class Snapshots {
  readonly #sources: SnapshotSources;
  readonly #worlds = new Map<string, { seq: number; json: string }>();

  constructor(sources: SnapshotSources) {
    this.#sources = sources;
  }

  /** The whole world of a class now, with the sightings that this one viewer may see. */
  snapshot(scope: ScopeClass, views: Views): Buffer {
    const { world, clock, fleet } = this.#sources;
    const nowMs = clock.now();
    const rate = rateOf(clock);
    const head = {
      protocol: PROTOCOL_VERSION,
      seq: world.current.seq,
      serverTime: new Date(nowMs).toISOString(),
      ...(rate !== undefined && { rate }),
      positions: encodePositions(fleet, slotsOf(fleet, scope, 0), nowMs),
    };
    const json =
      views.size > 0 ? JSON.stringify(worldFor(scope, world.current, views)) : this.#worldJson(scope);
    return snapshotFrame(head, json);
  }

  /** Positions that changed after a fleet version, for a class; undefined when there are none. */
  positions(scope: ScopeClass, sinceVersion: number): Buffer | undefined {
    const { clock, fleet } = this.#sources;
    const slots = slotsOf(fleet, scope, sinceVersion);
    return slots.length > 0 ? positionsFrame(encodePositions(fleet, slots, clock.now())) : undefined;
  }

  /** When a server restarts everybody comes at once. */
  #worldJson(scope: ScopeClass): string {
    const { current } = this.#sources.world;
    const kept = this.#worlds.get(scope.key);
    if (kept?.seq === current.seq) return kept.json;
    const json = JSON.stringify(worldFor(scope, current));
    if (this.#worlds.size >= mostKept) this.#worlds.clear();
    this.#worlds.set(scope.key, { seq: current.seq, json });
    return json;
  }
}

function slotsOf(fleet: Fleet, scope: ScopeClass, sinceVersion: number): number[] {
  if (scope.units === 'none' || (scope.units === 'station' && scope.stationId === null)) return [];
  return fleet.changedSince(sinceVersion, scope.units === 'station' ? scope.stationId! : undefined);
}
