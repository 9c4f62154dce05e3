/** From the turn restrictions of the source to forbidden sequences of darts. */
import type { RoadClass, TurnRestriction } from './build.ts';
import { type Darts, edgeOfDart } from './darts.ts';
import type { Numbered, Stretch } from './stretches.ts';

/** Darts that must not be driven one right after the other, at least two. */
export type ForbiddenRun = number[];

/**
 * On a main road nobody turns round in mid-road to dodge a restriction: not within this distance of it, but where the
 * road ends.
 */
const dodgeM = 500;
const mainRoads: readonly RoadClass[] = ['motorway', 'trunk', 'primary', 'secondary'];

/** How many of the source's turn restrictions the graph obeys. */
export interface RestrictionCounts {
  taken: number;
  /** Their roads are not in the graph, do not meet, or meet in more than one way. */
  unusable: number;
}

/**
 * A restriction counts when its roads meet in exactly one way: cut off at the border of the extract, or with a `from`
 * that runs past its via node in both directions, nobody can say what it forbids.
 */
export function forbiddenRuns(
  network: Numbered,
  darts: Darts,
  restrictions: readonly TurnRestriction[],
  lengthM: (stretch: Stretch) => number,
): { runs: ForbiddenRun[]; counts: RestrictionCounts } {
  const finder = new CourseFinder(network, darts);
  const runs: ForbiddenRun[] = [];
  const counts: RestrictionCounts = { taken: 0, unusable: 0 };
  for (const restriction of restrictions) {
    const courses = finder.coursesOf(restriction);
    if (courses.length > 0) counts.taken++;
    else counts.unusable++;
    for (const course of courses) runs.push(...(restriction.only ? waysOff(course, darts) : [course]));
  }
  const first = new Set(runs.filter(run => run.length === 2).map(run => run[0]!));
  const dodges = new DodgeFinder(network, darts, lengthM, new Set(runs.map(String)));
  for (const dart of first) runs.push(...dodges.after([dart], 0));
  return { runs, counts };
}

/** Every way of leaving a course that is mandatory once it is begun. */
function waysOff(course: number[], darts: Darts): ForbiddenRun[] {
  return course.slice(1).flatMap((next, i) =>
    darts
      .leaving(darts.head(course[i]!))
      .filter(dart => dart !== next)
      .map(dart => [...course.slice(0, i + 1), dart]),
  );
}

/** Finds where one could turn round soon after a restriction, to take from the other side what it forbids. */
class DodgeFinder {
  private readonly network: Numbered;
  private readonly darts: Darts;
  private readonly lengthM: (stretch: Stretch) => number;
  private readonly forbidden: ReadonlySet<string>;

  constructor(
    network: Numbered,
    darts: Darts,
    lengthM: (stretch: Stretch) => number,
    forbidden: ReadonlySet<string>,
  ) {
    this.network = network;
    this.darts = darts;
    this.lengthM = lengthM;
    this.forbidden = forbidden;
  }

  /** The runs that go on from `course` along main roads and turn round, `drivenM` behind the restriction by now. */
  after(course: number[], drivenM: number): ForbiddenRun[] {
    const { darts, network } = this;
    const junction = darts.head(course.at(-1)!);
    if (course.slice(1).some(dart => darts.tail(dart) === junction)) return [];
    return darts.leaving(junction).flatMap(dart => {
      const stretch = network.stretches[edgeOfDart(dart)]!;
      const endM = drivenM + this.lengthM(stretch);
      const goesOn = dart !== (course.at(-1)! ^ 1) && !this.forbidden.has([course.at(-1), dart].join());
      if (!goesOn || endM > dodgeM || !mainRoads.includes(stretch.way.roadClass)) return [];
      const exits = darts.leaving(darts.head(dart));
      const back = dart ^ 1;
      const turnsRound = exits.length > 1 && exits.includes(back) ? [[...course, dart, back]] : [];
      return [...turnsRound, ...this.after([...course, dart], endM)];
    });
  }
}

/** Finds the darts that a restriction speaks of. */
class CourseFinder {
  private readonly darts: Darts;
  private readonly nodeRefs: number[];
  private readonly dartsOfWay = new Map<number, number[]>();
  private readonly wayOfDart: (dart: number) => number;

  constructor(network: Numbered, darts: Darts) {
    this.darts = darts;
    this.nodeRefs = network.nodeRefs;
    this.wayOfDart = dart => network.stretches[edgeOfDart(dart)]!.way.id;
    for (const dart of darts.all) {
      const way = this.wayOfDart(dart);
      const sameWay = this.dartsOfWay.get(way);
      if (sameWay) sameWay.push(dart);
      else this.dartsOfWay.set(way, [dart]);
    }
  }

  /** From the last dart on `from` to the first on `to`, one course for each pair of the two that meet in one way only. */
  coursesOf({ only, from, via, to }: TurnRestriction): number[][] {
    if (only && (from.length !== 1 || to.length !== 1)) return [];
    return from.flatMap(fromWay =>
      to.flatMap(toWay => {
        const stages = 'node' in via ? [toWay] : [...via.ways, toWay];
        const starts = (this.dartsOfWay.get(fromWay) ?? []).filter(
          dart => 'ways' in via || this.nodeRefs[this.darts.head(dart)] === via.node,
        );
        const found = starts.flatMap(dart => this.extend([dart], stages, -1));
        return found.length === 1 ? found : [];
      }),
    );
  }

  /** All ways to complete a course that has come to `stages[at]`, staying on each way for as long as it takes. */
  private extend(course: number[], stages: number[], at: number): number[][] {
    const junction = this.darts.head(course.at(-1)!);
    if (course.slice(1).some(dart => this.darts.tail(dart) === junction)) return [];
    return this.darts.leaving(junction).flatMap(dart => {
      const way = this.wayOfDart(dart);
      const longer = [...course, dart];
      if (way === stages[at + 1])
        return at + 2 === stages.length ? [longer] : this.extend(longer, stages, at + 1);
      return way === stages[at] ? this.extend(longer, stages, at) : [];
    });
  }
}
