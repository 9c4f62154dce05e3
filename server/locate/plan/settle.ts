/** The plan in words and numbers: every look in the order of time, each after all that come before it. */
import type { SearchMethod } from '#contract/sighting.ts';
import { arrivalSpread, unseenS } from './arrival.ts';
import type { PlanOptions } from './options.ts';
import { type Problem, type Routes, scheduleOf } from './route.ts';
import { Timeline } from './timeline.ts';
import type { PlanInput, PlannedTask, SearchPlan } from './types.ts';

/** What a unit does first, whatever the plan. */
export interface Lead {
  target: number;
  method: SearchMethod;
  beginS: number;
  serviceS: number;
  /** Of what is left of the look. */
  pod: number;
  /** Of the look as a whole: when it is over, so much will have been ruled out. */
  wholePod: number;
  drivingS: number;
}

interface Unsettled extends PlanInput {
  survival: (inS: number) => number;
  options: PlanOptions;
  problem: Problem;
  routes: Routes;
  leads: readonly (Lead | null)[];
}

/** A look with its time, before it is known what it finds. */
interface Timed extends Omit<Lead, 'wholePod'> {
  unit: number;
  taken: boolean;
  /** Driven since the unit's position was known. */
  drivenS: number;
  place: number;
}

export type Settled = Omit<SearchPlan, 'bound' | 'gap'>;

export function settle(plan: Unsettled): Settled {
  const timed = plan.units.flatMap((_, unit) => timedOf(plan, unit));
  const inOrder = [...timed].sort((a, b) => middleS(a) - middleS(b) || a.unit - b.unit);
  const timeline = new Timeline(plan.ground, plan.presence);
  const found = new Map<Timed, { poa: number; pos: number }>();
  let value = 0;
  for (const look of inOrder) {
    const poa = timeline.seen(look.target, middleS(look));
    const pos = timeline.look(look.target, look.pod, middleS(look));
    found.set(look, { poa: Math.min(1, poa), pos: Math.min(1, pos) });
    value += pos * plan.survival(middleS(look));
  }
  return {
    routes: plan.units.map(({ id }, unit) => ({
      unitId: id,
      tasks: timed.filter(look => look.unit === unit).map(look => taskOf(plan, look, found.get(look)!)),
    })),
    pFoundBy: curveOf(inOrder, look => found.get(look)!.pos, plan.options.horizonMin),
    value,
  };
}

const middleS = ({ beginS, serviceS }: Timed): number => beginS + serviceS / 2;

function timedOf({ problem, routes, leads, units }: Unsettled, unit: number): Timed[] {
  const { looks } = problem;
  const lead = leads[unit];
  const timed: Timed[] = lead
    ? [{ ...lead, unit, taken: true, drivenS: lead.drivingS, place: looks.targets.indexOf(lead.target) }]
    : [];
  let drivenS = lead?.drivingS ?? 0;
  const schedule = scheduleOf(problem, unit, routes[unit]!);
  routes[unit]!.forEach((look, q) => {
    const { beginS, wayS } = schedule[q]!;
    const serviceS = looks.serviceS[look]!;
    if (!(beginS + serviceS <= (units[unit]!.untilS ?? Number.MAX_VALUE))) return;
    drivenS += wayS;
    timed.push({
      unit,
      taken: false,
      target: looks.targets[looks.place[look]!]!,
      place: looks.place[look]!,
      method: looks.method[look]!,
      beginS,
      serviceS,
      pod: looks.pod[look]!,
      drivingS: wayS,
      drivenS,
    });
  });
  return timed;
}

function taskOf(plan: Unsettled, look: Timed, { poa, pos }: { poa: number; pos: number }): PlannedTask {
  const { units, leads } = plan;
  const unit = units[look.unit]!;
  const unseen = leads[look.unit] ? 0 : unseenS(unit);
  const needsSworn = unit.sworn === 0;
  return {
    target: look.target,
    method: look.method,
    arriveS: arrivalSpread(look.beginS, look.drivenS, unseen),
    travelTimeS: look.drivingS,
    serviceS: look.serviceS,
    pod: look.pod,
    poa,
    pos,
    needsSworn,
    swornFrom: needsSworn ? (soonest(plan, look, u => units[u]!.sworn > 0)?.unitId ?? null) : null,
    nextBest: soonest(plan, look, u => isOnDuty(plan, u)),
    taken: look.taken,
  };
}

const isOnDuty = ({ problem }: Unsettled, unit: number): boolean =>
  problem.units[unit]!.freeS < problem.units[unit]!.untilS;

/** The other unit that could be at the look's target first. */
function soonest(
  { problem, units }: Unsettled,
  look: Timed,
  mayGo: (unit: number) => boolean,
): { unitId: string; arriveS: number } | null {
  const width = problem.looks.targets.length;
  let best: { unitId: string; arriveS: number } | null = null;
  if (look.place < 0) return best;
  units.forEach(({ id }, u) => {
    if (u === look.unit || !mayGo(u)) return;
    const arriveS = problem.units[u]!.freeS + problem.fromUnit[u * width + look.place]!;
    if (arriveS < (best?.arriveS ?? Infinity)) best = { unitId: id, arriveS };
  });
  return best;
}

/** A look finds evenly while it lasts. */
function curveOf(
  looks: readonly Timed[],
  posOf: (look: Timed) => number,
  horizonMin: number,
): { minute: number; p: number }[] {
  return Array.from({ length: horizonMin + 1 }, (_, minute) => {
    let p = 0;
    for (const look of looks) {
      const sinceS = minute * 60 - look.beginS;
      const share = sinceS <= 0 ? 0 : look.serviceS > 0 ? Math.min(1, sinceS / look.serviceS) : 1;
      p += posOf(look) * share;
    }
    return { minute, p: Math.min(1, p) };
  });
}
