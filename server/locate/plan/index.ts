/** Who should look where, in which order: the plan for one subject. Pure; the same input gives the same plan. */
import type { SearchMethod } from '#contract/sighting.ts';
import { detectionOf } from '#domain/detection.ts';
import type { Snap } from '#road/access.ts';
import { unseenS } from './arrival.ts';
import { boundOf } from './limit.ts';
import {
  chooseTargets,
  findLook,
  type LookChoice,
  type Looks,
  makeLooks,
  stepCount,
  stepS,
} from './looks.ts';
import { defaultOptions, defaultSurvival } from './options.ts';
import type { Problem } from './route.ts';
import { searchRoutes } from './search.ts';
import { type Lead, settle } from './settle.ts';
import { Timeline } from './timeline.ts';
import { onFootS, travelTable, type TravelTable } from './travel.ts';
import type { PlanInput, PlanUnit, SearchPlan } from './types.ts';

export type { PlanInput, PlannedTask, PlanUnit, SearchPlan } from './types.ts';

/**
 * Maximises Σ P(met at t) · S(t) over ordered lists of looks, one list for each unit. What a unit has accepted or is
 * doing stays first; what it was ordered or suggested is changed for a clear gain only. Units whose shift ends before they are free
 * get an empty list.
 */
export function planSearch(input: PlanInput): SearchPlan {
  const { ground, router, presence, units } = input;
  const options = { ...defaultOptions, ...input.options };
  const survival = input.survival ?? defaultSurvival;
  const table = travelTable(router, ground);
  const leads = units.map(unit => leadOf(unit, table, options.travelFactor));
  const starts = units.map((unit, u): Start => startOf(input, unit, leads[u]!));
  const timeline = new Timeline(ground, presence);
  for (const lead of leads)
    if (lead) timeline.look(lead.target, lead.wholePod, lead.beginS + lead.serviceS / 2);

  const choice: LookChoice = {
    ground,
    timeline,
    worth: Float64Array.from({ length: stepCount }, (_, step) => survival(step * stepS)),
    earliestS: earliest(input, table, starts, options.travelFactor),
    ordered: units.flatMap(unit => standing(unit) ?? []),
    options,
  };
  const taken = new Set(leads.flatMap(lead => (lead ? [lead.target] : [])));
  const weighed = chooseTargets(choice, taken);
  const onRoad = [...taken].filter(target => ground.targetSnap[target]);
  const looks = makeLooks(choice, [...weighed.candidates, ...onRoad], weighed.candidates.length);
  const problem: Problem = {
    looks,
    units: units.map((unit, u) => ({
      freeS: starts[u]!.freeS,
      untilS: unit.untilS ?? Infinity,
      ordered: standingLook(looks, unit),
      refused: new Set(unit.refused?.map(target => looks.targets.indexOf(target))),
      onFoot: unit.kind === 'foot',
      sworn: unit.sworn > 0,
    })),
    ...travelTimes(input, table, starts, looks.targets, options.travelFactor),
  };
  // What is worth nothing may be left in a route by the search; where a crew would not go it must not stand.
  const routes = searchRoutes(problem, options, options.seed).map((route, u) =>
    route.filter(look => !problem.units[u]!.refused.has(looks.place[look]!)),
  );
  const settled = settle({ ...input, survival, options, problem, routes, leads });
  const bound = options.bound ? boundOf({ choice, problem, settled, weighed }) : Infinity;
  return { ...settled, bound, gap: bound > 0 ? 1 - settled.value / bound : 0 };
}

/** What a unit was ordered or, where it has nothing to do, suggested: it is changed for a clear gain only. */
function standing({ current, suggested }: PlanUnit): { target: number; method: SearchMethod } | undefined {
  if (!current) return suggested;
  return current.state === 'ordered' ? current : undefined;
}

function standingLook(looks: Looks, unit: PlanUnit): number {
  const told = standing(unit);
  return told ? findLook(looks, told.target, told.method) : -1;
}

/** Where and when a unit can begin something new. */
interface Start {
  at: Snap;
  freeS: number;
  /** The target that it stands at then. */
  target: number | null;
}

/** The task that nobody takes away from the unit. */
function leadOf(unit: PlanUnit, table: TravelTable, travelFactor: number): Lead | null {
  const { current, freeInS } = unit;
  if (!current || current.state === 'ordered') return null;
  const { target, method } = current;
  const { durationS, pod } = detectionOf(table.ground.targets[target]!, method);
  const base = { target, method, wholePod: pod };
  if (current.state === 'arrived') {
    // Of a look that is half over, half of the chance is left, and nothing has been found so far.
    const share = durationS > 0 ? Math.min(1, freeInS / durationS) : 1;
    return { ...base, beginS: 0, serviceS: freeInS, pod: pod * share, drivingS: 0 };
  }
  const way =
    unit.kind === 'foot'
      ? footWay(unit.at, table, target)
      : table.fromSnaps([unit.at], [target])[0]! * travelFactor;
  const drivingS = Math.max(0, (Number.isFinite(way) ? way : 0) - unseenS(unit));
  return { ...base, beginS: freeInS + drivingS, serviceS: durationS, pod, drivingS };
}

function footWay(from: Snap, table: TravelTable, target: number): number {
  const to = table.ground.targetSnap[target];
  return to ? onFootS(from, to) : Infinity;
}

function startOf({ ground }: PlanInput, unit: PlanUnit, lead: Lead | null): Start {
  if (!lead) return { at: unit.at, freeS: unit.freeInS, target: null };
  const snap = ground.targetSnap[lead.target] ?? null;
  const freeS = lead.beginS + lead.serviceS;
  return snap ? { at: snap, freeS, target: lead.target } : { at: unit.at, freeS, target: null };
}

/** Seconds until the first of the units can be at a target. */
function earliest(
  { router, units, ground }: PlanInput,
  table: TravelTable,
  starts: readonly Start[],
  travelFactor: number,
): (target: number) => number {
  const driving = starts.filter((_, u) => units[u]!.kind !== 'foot');
  const walking = starts.filter((_, u) => units[u]!.kind === 'foot');
  // Delays are stretched like the driving times that they are added to.
  const nodeDs =
    driving.length > 0
      ? router.firstAtNodes(driving.map(({ at, freeS }) => ({ from: at, delayS: freeS / travelFactor })))
      : null;
  return target => {
    let best = nodeDs ? table.secondsTo(nodeDs, target) * travelFactor : Infinity;
    const snap = ground.targetSnap[target];
    if (snap) for (const { at, freeS } of walking) best = Math.min(best, freeS + onFootS(at, snap));
    return best;
  };
}

function travelTimes(
  { ground, units }: PlanInput,
  table: TravelTable,
  starts: readonly Start[],
  places: readonly number[],
  travelFactor: number,
): Pick<Problem, 'fromUnit' | 'driving' | 'walking' | 'swornS'> {
  const width = places.length;
  const driving = table.between(places);
  const snapOf = (place: number): Snap => ground.targetSnap[places[place]!]!;
  const fromUnit = new Float32Array(units.length * width);
  const elsewhere = starts.flatMap((start, u) =>
    start.target === null && units[u]!.kind !== 'foot' ? [u] : [],
  );
  const driven = table.fromSnaps(
    elsewhere.map(u => starts[u]!.at),
    places,
  );
  elsewhere.forEach((u, i) => fromUnit.set(driven.subarray(i * width, (i + 1) * width), u * width));
  starts.forEach((start, u) => {
    const row = fromUnit.subarray(u * width, (u + 1) * width);
    if (units[u]!.kind === 'foot') row.forEach((_, place) => (row[place] = onFootS(start.at, snapOf(place))));
    else if (start.target !== null) {
      const place = places.indexOf(start.target);
      row.set(driving.subarray(place * width, (place + 1) * width));
    }
  });
  const swornS = new Float32Array(width).fill(Infinity);
  units.forEach((unit, u) => {
    const row = fromUnit.subarray(u * width, (u + 1) * width);
    if (unit.kind !== 'foot') row.forEach((seconds, place) => (row[place] = seconds * travelFactor));
    const towards = unit.current?.state === 'ordered' ? places.indexOf(unit.current.target) : -1;
    // A car that was sent somewhere has driven on since its last fix.
    if (towards >= 0) row[towards] = Math.max(0, row[towards]! - unseenS(unit));
    if (unit.sworn > 0)
      row.forEach((seconds, place) => (swornS[place] = Math.min(swornS[place]!, starts[u]!.freeS + seconds)));
  });
  const anyOnFoot = units.some(({ kind }) => kind === 'foot');
  const walking = anyOnFoot
    ? Float32Array.from({ length: width * width }, (_, i) =>
        onFootS(snapOf(Math.floor(i / width)), snapOf(i % width)),
      )
    : null;
  return { fromUnit, driving: driving.map(seconds => seconds * travelFactor), walking, swornS };
}
