/**
 * Turn restrictions by brute force: Dijkstra over everything that was driven lately, with the restrictions read off
 * the source's words. Slow and obvious; shares nothing with the engine but the edges.
 */
import { alongEdgeDs, accessDs, onFootDs, type Snap } from '../../server/road/access.ts';
import type { RoadInput, TurnRestriction } from '../../server/road/build.ts';
import { toStored } from '../../server/road/geo.ts';
import { edgeDs, noArc, type RoadGraph, unreached } from '../../server/road/graph.ts';

/** One direction of an edge: 2e along it, 2e + 1 against it. */
type Dart = number;

export class TurnOracle {
  /** What must not be driven in a row. */
  readonly forbidden: Dart[][];
  private readonly graph: RoadGraph;
  private readonly closed: ReadonlySet<number>;

  constructor(graph: RoadGraph, input: RoadInput, closed: ReadonlySet<number> = new Set()) {
    this.graph = graph;
    this.closed = closed;
    const ruled = input.restrictions.flatMap(restriction => this.forbiddenBy(restriction, input));
    const dodges = ruled.filter(run => run.length === 2).flatMap(run => this.dodges(run[0]!, ruled));
    this.forbidden = [...ruled, ...dodges];
  }

  tail = (dart: Dart): number => (dart % 2 === 0 ? this.graph.edgeFrom : this.graph.edgeTo)[dart >> 1]!;
  head = (dart: Dart): number => this.tail(dart ^ 1);
  leaving = (junction: number): Dart[] =>
    Array.from(this.graph.edgeArc.keys()).filter(
      dart => this.graph.edgeArc[dart] !== noArc && this.tail(dart) === junction,
    );

  isForbidden(course: Dart[]): boolean {
    return this.forbidden.some(run => course.slice(-run.length).join() === run.join());
  }

  /** Seconds door to door, Infinity when there is no way. */
  seconds(from: Snap, to: Snap): number {
    const driven = Math.min(alongEdgeDs(this.graph, from, to), this.drivenDs(from, to));
    const best = Math.min(
      driven >= unreached ? unreached : driven + accessDs(from) + accessDs(to),
      onFootDs(from, to),
    );
    return best >= unreached ? Infinity : best / 10;
  }

  private drivenDs(from: Snap, to: Snap): number {
    const memory = Math.max(2, ...this.forbidden.map(run => run.length)) - 1;
    const pending = this.starts(from);
    const done = new Set<string>();
    let best = unreached;
    while (pending.length > 0) {
      pending.sort((a, b) => b.ds - a.ds);
      const { junction, course, ds } = pending.pop()!;
      const key = `${junction}:${course.join()}`;
      if (done.has(key) || ds >= best) continue;
      done.add(key);
      if (junction === this.junctionAt(to)) best = Math.min(best, ds);
      for (const dart of this.leaving(junction)) {
        if (this.isForbidden([...course, dart])) continue;
        const wholeDs = edgeDs(this.graph, dart >> 1);
        if (dart >> 1 === to.edge) {
          const share = dart % 2 === 0 ? to.fraction : 1 - to.fraction;
          best = Math.min(best, ds + Math.round(share * wholeDs));
        }
        if (this.closed.has(dart >> 1)) continue;
        pending.push({
          junction: this.head(dart),
          course: [...course, dart].slice(-memory),
          ds: ds + wholeDs,
        });
      }
    }
    return best;
  }

  private junctionAt({ edge, fraction }: Snap): number {
    if (fraction === 0) return this.graph.edgeFrom[edge]!;
    return fraction === 1 ? this.graph.edgeTo[edge]! : -1;
  }

  private starts(from: Snap): { junction: number; course: Dart[]; ds: number }[] {
    const standing = this.junctionAt(from);
    const starts = [from.edge * 2, from.edge * 2 + 1]
      .filter(dart => this.graph.edgeArc[dart] !== noArc && this.head(dart) !== standing)
      .map(dart => ({
        junction: this.head(dart),
        course: [dart],
        ds: Math.round((dart % 2 === 0 ? 1 - from.fraction : from.fraction) * edgeDs(this.graph, from.edge)),
      }));
    return standing < 0 ? starts : [...starts, { junction: standing, course: [], ds: 0 }];
  }

  /** All runs from a dart that come to no junction twice, but for the last dart, and stay on these ways in between. */
  private runs(first: Dart, between: number[]): Dart[][] {
    let open: Dart[][] = [[first]];
    const all: Dart[][] = [];
    while (open.length > 0) {
      const longer = open
        .filter(run => new Set(run.map(this.head)).size === run.length)
        .flatMap(run => this.leaving(this.head(run.at(-1)!)).map(dart => [...run, dart]));
      all.push(...longer);
      open = longer.filter(run => between.includes(this.graph.edgeWayId[run.at(-1)! >> 1]!));
    }
    return all;
  }

  /** Turning round on main roads within 500 m after a dart, where the road does not end. */
  private dodges(first: Dart, ruled: Dart[][]): Dart[][] {
    const { graph } = this;
    const runs = this.runs(first, Array.from(graph.edgeWayId));
    return runs.filter(run => {
      const [last, back] = [run.at(-2)!, run.at(-1)!];
      const between = run.slice(1, -1);
      const lengthM = between.reduce((sum, dart) => sum + graph.edgeLengthM[dart >> 1]!, 0);
      const isMain = between.every(dart => graph.edgeClass[dart >> 1]! < 4);
      const isRuledOut = between.some((dart, i) => ruled.some(rule => rule.join() === `${run[i]},${dart}`));
      const turnsEarlier = between.some((dart, i) => dart === (run[i]! ^ 1));
      const ends = this.leaving(this.head(last)).length === 1;
      return (
        between.length > 0 &&
        back === (last ^ 1) &&
        lengthM <= 500 &&
        isMain &&
        !isRuledOut &&
        !turnsEarlier &&
        !ends
      );
    });
  }

  private forbiddenBy({ only, from, via, to }: TurnRestriction, input: RoadInput): Dart[][] {
    const { graph } = this;
    const wayOf = (dart: Dart): number => graph.edgeWayId[dart >> 1]!;
    const courses = Array.from(graph.edgeArc.keys())
      .filter(dart => graph.edgeArc[dart] !== noArc && from.includes(wayOf(dart)))
      .flatMap(dart => this.runs(dart, 'node' in via ? [] : via.ways))
      .filter(run => {
        if (!to.includes(wayOf(run.at(-1)!))) return false;
        if ('node' in via) {
          const at = input.nodes.get(via.node)!.map(toStored);
          const junction = this.head(run[0]!);
          return at.every((value, axis) => graph.nodePosition[junction * 2 + axis] === value);
        }
        return isWayRun(run.slice(1, -1).map(wayOf), via.ways);
      });
    if (courses.length !== 1) return [];
    const [course] = courses as [Dart[]];
    if (!only) return [course];
    return course.slice(1).flatMap((next, i) =>
      this.leaving(this.head(course[i]!))
        .filter(dart => dart !== next)
        .map(dart => [...course.slice(0, i + 1), dart]),
    );
  }
}

/** Whether the ways are passed one after the other, each for one edge or more. */
function isWayRun(passed: number[], ways: number[]): boolean {
  if (ways.length === 0) return passed.length === 0;
  if (passed[0] !== ways[0]) return false;
  return isWayRun(passed.slice(1), ways) || isWayRun(passed.slice(1), ways.slice(1));
}
