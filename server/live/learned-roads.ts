/** Routers with learned speeds, one for each hour of the day, made in a thread of their own. */
import { Worker } from 'node:worker_threads';
import { roadClasses } from '#road/build.ts';
import type { RoadFile } from '#road/file.ts';
import type { RoadGraph } from '#road/graph.ts';
import type { Arcs, Hierarchy } from '#road/hierarchy.ts';
import { RoadRouter } from '#road/router.ts';
import { hourOf, type LearnedSpeed, withSpeeds } from '#road/speeds.ts';

const hourMs = 3_600_000;
/** Before an hour ends, the next one's router is made. */
const aheadMs = 10 * 60_000;

interface HourRouter {
  ratio: number[];
  router: RoadRouter;
  /** What the router was made from; null: the open roads as they are. */
  road: RoadFile | null;
}

/**
 * A contraction hierarchy holds for the times that it was made from, so each hour has its own: exact for that hour's
 * speeds throughout. Only this hour's and, near its end, the next one's are kept.
 */
export class LearnedRoads {
  readonly #open: RoadRouter;
  readonly #build: (graph: RoadGraph) => Promise<Hierarchy>;
  readonly #routers = new Map<string, HourRouter>();
  #speeds: readonly LearnedSpeed[] | null = null;
  #building: Promise<void> = Promise.resolve();

  constructor(open: RoadRouter, build: (graph: RoadGraph) => Promise<Hierarchy> = buildInThread) {
    this.#open = open;
    this.#build = build;
  }

  /** The speeds to use from now on; null: the defaults. */
  use(speeds: readonly LearnedSpeed[] | null): void {
    this.#speeds = speeds;
    this.#routers.clear();
  }

  /** The router with the speeds of that moment, null while it is not made or when learned speeds are off. */
  at(nowMs: number): RoadRouter | null {
    return this.#routers.get(keyOf(nowMs))?.router ?? null;
  }

  /** The roads with the speeds of that moment, for another thread's router; null where `at` gives none or the open roads. */
  roadAt(nowMs: number): RoadFile | null {
    return this.#routers.get(keyOf(nowMs))?.road ?? null;
  }

  /** Makes what is missing for now and the minutes to come. Cheap when nothing is. */
  prepare(nowMs: number): Promise<void> {
    this.#building = this.#building.catch(() => undefined).then(() => this.#makeMissing(nowMs));
    return this.#building;
  }

  async #makeMissing(nowMs: number): Promise<void> {
    const moments = [nowMs, ...(hourMs - (nowMs % hourMs) <= aheadMs ? [nowMs + aheadMs] : [])];
    const wanted = new Set(moments.map(keyOf));
    for (const key of this.#routers.keys()) if (!wanted.has(key)) this.#routers.delete(key);
    for (const moment of moments) {
      const speeds = this.#speeds;
      const key = keyOf(moment);
      if (!speeds || this.#routers.has(key)) continue;
      const router = await this.#routerFor(ratiosAt(speeds, moment));
      // They may have been switched off, or learned anew, meanwhile.
      if (speeds === this.#speeds) this.#routers.set(key, router);
    }
  }

  async #routerFor(ratio: number[]): Promise<HourRouter> {
    if (ratio.every(each => each === 1)) return { ratio, router: this.#open, road: null };
    const same = [...this.#routers.values()].find(each => String(each.ratio) === String(ratio));
    if (same) return same;
    const graph = withSpeeds(this.#open.graph, ratio);
    const hierarchy = await this.#build(graph);
    return { ratio, router: new RoadRouter(graph, hierarchy), road: { graph, hierarchy } };
  }
}

function keyOf(atMs: number): string {
  const { dayKind, hour } = hourOf(atMs);
  return `${dayKind} ${hour}`;
}

/** By index of the class; 1 where nothing is known. */
function ratiosAt(speeds: readonly LearnedSpeed[], atMs: number): number[] {
  const { dayKind, hour } = hourOf(atMs);
  const ofHour = new Map(
    speeds
      .filter(each => each.dayKind === dayKind && each.hour === hour)
      .map(each => [each.roadClass, each.ratio]),
  );
  return roadClasses.map(roadClass => ofHour.get(roadClass) ?? 1);
}

function buildInThread({ nodeCount, arcOffset, arcTo, arcDs }: RoadGraph): Promise<Hierarchy> {
  const arcs: Arcs = { nodeCount, arcOffset, arcTo, arcDs };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hierarchy-worker.ts', import.meta.url), { workerData: arcs });
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code =>
      reject(new Error(`the thread that builds a hierarchy ended early (exit ${code})`)),
    );
  });
}
