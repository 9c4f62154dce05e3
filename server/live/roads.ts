/** The roads as they are now: which of them are closed, and how fast one drives. */
import type { World, WorldClosure } from '#domain/world.ts';
import type { RoadFile } from '#road/file.ts';
import { type EdgeAlong, edgesAlong } from '#road/match/along.ts';
import { TrackMatcher } from '#road/match/match.ts';
import type { RoadRouter } from '#road/router.ts';
import type { LearnedSpeed } from '#road/speeds.ts';
import type { Clock } from '../clock.ts';
import { LearnedRoads } from './learned-roads.ts';

interface RoadsSources {
  /** The region's roads, all open; null where no region is installed. */
  router: RoadRouter | null;
  /** Tells what is closed. */
  world: () => World;
  clock: Clock;
}

/**
 * Gives out the router of the moment. It looks at the world when it is asked, so an answer given after a closure has
 * reached the world knows of it, and one given after `untilAt` no longer does.
 */
export class Roads {
  readonly #sources: RoadsSources;
  readonly #learned: LearnedRoads | null;
  #open: RoadRouter | null;
  #closures: World['closures'] = {};
  /** When the first of them ends by itself, ms since 1970. */
  #endsAtMs = Infinity;
  #router: RoadRouter | null;
  #closed: { edges: number[]; darts: number[] } = { edges: [], darts: [] };
  #matcher: TrackMatcher | undefined;
  readonly #edgesOf = new WeakMap<WorldClosure, readonly EdgeAlong[]>();

  constructor(sources: RoadsSources) {
    this.#sources = sources;
    this.#open = sources.router;
    this.#router = sources.router;
    this.#learned = sources.router && new LearnedRoads(sources.router);
  }

  /** The router with what is closed now; null where no region is installed. Not to be kept: ask again for each answer. */
  current(): RoadRouter | null {
    const { world, clock } = this.#sources;
    const { closures } = world();
    const nowMs = clock.now();
    const open = this.#learned?.at(nowMs) ?? this.#sources.router;
    const unchanged = open === this.#open && closures === this.#closures && nowMs < this.#endsAtMs;
    if (!open || unchanged) return this.#router;
    this.#open = open;
    const inForce = Object.values(closures).filter(closure => isInForce(closure, nowMs));
    this.#closures = closures;
    this.#endsAtMs = inForce.reduce((first, { untilAt }) => Math.min(first, endMs(untilAt)), Infinity);
    this.#router = this.#closing(open, inForce);
    return this.#router;
  }

  /** What is closed now, for another thread's router; edges and darts as `RoadRouter.closing` takes them. */
  closed(): { edges: number[]; darts: number[] } {
    this.current();
    return this.#closed;
  }

  /** The roads with the learned speeds of this moment, for another thread's router; null: the region's own. */
  learned(): RoadFile | null {
    return this.#learned?.roadAt(this.#sources.clock.now()) ?? null;
  }

  /** Learned speeds to use from now on, null for the defaults; resolves when answers use them. */
  useSpeeds(speeds: readonly LearnedSpeed[] | null): Promise<void> {
    this.#learned?.use(speeds);
    return this.prepare();
  }

  /** Makes ready what the coming minutes need; call it every minute. */
  async prepare(): Promise<void> {
    await this.#learned?.prepare(this.#sources.clock.now());
  }

  /** Whether answers use learned speeds at this moment. */
  learnedInUse(): boolean {
    return (this.#learned?.at(this.#sources.clock.now()) ?? null) !== null;
  }

  /** Matches tracks and drawn lines to these roads; null where no region is installed. */
  matcher(): TrackMatcher | null {
    const { router } = this.#sources;
    if (router) this.#matcher ??= new TrackMatcher(router.graph);
    return this.#matcher ?? null;
  }

  /** The router without the stretches of some closures. A closure of a road that is no longer there closes nothing. */
  #closing(router: RoadRouter, closures: readonly WorldClosure[]): RoadRouter {
    const edges = new Set<number>();
    const darts = new Set<number>();
    for (const closure of closures) {
      // Routers with other speeds have the same edges.
      const found = this.#edgesOf.get(closure) ?? edgesAlong(router.graph, closure.line);
      this.#edgesOf.set(closure, found);
      for (const { edge, forward } of found) {
        if (closure.direction === 'both') edges.add(edge);
        else darts.add(edge * 2 + (forward ? 0 : 1));
      }
    }
    this.#closed = { edges: [...edges], darts: [...darts] };
    return router.closing(edges, darts);
  }
}

const endMs = (untilAt: string | null): number => (untilAt === null ? Infinity : Date.parse(untilAt));

const isInForce = ({ untilAt }: WorldClosure, nowMs: number): boolean => nowMs < endMs(untilAt);
