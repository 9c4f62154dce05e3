/** The cheapest ways from all states of one fix to all candidates of the next, in one search. */
import { angleBetween } from '../geo.ts';
import { unreached } from '../graph.ts';
import { MinHeap } from '../heap.ts';
import { cm, type DriverGraph } from './darts.ts';
import type { MatchModel } from './model.ts';

/** Where a way may begin: at the end of a dart, with what it has cost to get there. */
export interface WayStart {
  dart: number;
  cost: number;
}

/** A way found: from which start, and the arcs driven, the target's own last. */
export interface Way {
  start: number;
  arcs: number[];
}

const freeBendDeg = 30;

/**
 * Dijkstra over arcs instead of nodes, because a turn costs: which way one came in matters. Costs that differ from
 * start to start make it the maximisation step of the Viterbi algorithm for a whole column at once. Results stay
 * readable until the next search. Not to be shared between threads.
 */
export class WaySearch {
  private readonly driver: DriverGraph;
  private readonly model: MatchModel;
  /** Per arc: cheapest cost at its end; `unreached` outside the last search. */
  private readonly cost: Int32Array;
  /** Per arc: the arc before, or −1 − the start. */
  private readonly before: Int32Array;
  private readonly touched: number[] = [];
  /** Per dart: its arc on the cheapest way so far, −1 for none; −2: not a target. */
  private readonly reachedBy: Int32Array;
  private targets: readonly number[] = [];
  /** Targets that nobody has come to yet; −1 when that was seen. */
  private missing = 0;
  private readonly frontier = new MinHeap();

  constructor(driver: DriverGraph, model: MatchModel) {
    this.driver = driver;
    this.model = model;
    this.cost = new Int32Array(driver.graph.arcCount).fill(unreached);
    this.before = new Int32Array(driver.graph.arcCount);
    this.reachedBy = new Int32Array(driver.graph.edgeCount * 2).fill(-2);
  }

  /** Searches until every target's beginning is reached, or everything cheaper than `limit` is. Targets are different darts. */
  run(starts: readonly WayStart[], targets: readonly number[], limit: number): void {
    const { frontier, cost, driver } = this;
    const { graph, dartOfArc } = driver;
    this.reset(targets);
    let until = limit;
    starts.forEach((start, i) => frontier.push(start.cost, graph.arcCount + i));
    while (frontier.size > 0 && frontier.topKey <= until) {
      const key = frontier.topKey;
      const item = frontier.pop();
      if (item >= graph.arcCount) {
        const { dart } = starts[item - graph.arcCount]!;
        this.leave(graph.arcTo[graph.edgeArc[dart]!]!, dart, key, graph.arcCount - item - 1);
      } else if (key === cost[item]) this.leave(graph.arcTo[item]!, dartOfArc[item]!, key, item);
      if (this.missing === 0) {
        until = Math.min(until, this.lastBeginning());
        this.missing = -1;
      }
    }
  }

  /** The cost at the end of a target dart for who drives all of it; `unreached` if nobody came there. */
  costThrough(dart: number): number {
    const arc = this.reachedBy[dart]!;
    return arc < 0 ? unreached : this.cost[arc]!;
  }

  /** The way to a target dart that was reached. */
  wayTo(dart: number): Way {
    const arcs: number[] = [];
    let at = this.reachedBy[dart]!;
    for (; at >= 0; at = this.before[at]!) arcs.push(at);
    return { start: -1 - at, arcs: arcs.reverse() };
  }

  private reset(targets: readonly number[]): void {
    for (const arc of this.touched) this.cost[arc] = unreached;
    this.touched.length = 0;
    for (const dart of this.targets) this.reachedBy[dart] = -2;
    for (const dart of targets) this.reachedBy[dart] = -1;
    this.targets = targets;
    this.missing = targets.length;
    this.frontier.clear();
  }

  private leave(node: number, dart: number, sofar: number, before: number): void {
    const { cost, driver, frontier } = this;
    const { graph, dartOfArc, edgeCost } = driver;
    const first = graph.arcOffset[node]!;
    const last = graph.arcOffset[node + 1]!;
    const deadEnd = last - first === 1;
    for (let arc = first; arc < last; arc++) {
      const next = dartOfArc[arc]!;
      const total = sofar + this.turnCost(dart, next, deadEnd) + edgeCost[next >> 1]!;
      if (total >= cost[arc]!) continue;
      if (cost[arc] === unreached) this.touched.push(arc);
      cost[arc] = total;
      this.before[arc] = before;
      this.noteTarget(next, arc, total);
      frontier.push(total, arc);
    }
  }

  private noteTarget(dart: number, arc: number, total: number): void {
    const { reachedBy, cost } = this;
    const held = reachedBy[dart]!;
    if (held === -2 || (held >= 0 && held !== arc && cost[held]! <= total)) return;
    if (held === -1) this.missing--;
    reachedBy[dart] = arc;
  }

  /** The highest cost at which a target begins. */
  private lastBeginning(): number {
    const { edgeCost } = this.driver;
    return this.targets.reduce(
      (most, dart) => Math.max(most, this.costThrough(dart) - edgeCost[dart >> 1]!),
      0,
    );
  }

  private turnCost(from: number, to: number, deadEnd: boolean): number {
    const { uTurnM, turnM } = this.model;
    if (to === (from ^ 1)) return Math.round((deadEnd ? uTurnM / 2 : uTurnM) * cm);
    const bend = angleBetween(this.driver.endDeg[from]!, this.driver.startDeg[to]!) - freeBendDeg;
    return bend <= 0 ? 0 : Math.round((turnM * bend * cm) / (90 - freeBendDeg));
  }
}
