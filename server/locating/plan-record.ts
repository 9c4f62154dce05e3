/** From a search plan to what is kept and answered of it. */
import { detectionOf } from '#domain/detection.ts';
import type { Ground } from '#locate/ground.ts';
import type { PlannedTask, PlanUnit, SearchPlan } from '#locate/plan/index.ts';
import { taskWords } from '#locate/plan/words.ts';
import type { Snap } from '#road/access.ts';
import type { LngLat } from '#road/geo.ts';
import type { RoadRouter } from '#road/router.ts';
import type { BeliefQuestion, QuestionUnit, UnitTask } from './protocol.ts';
import type { PlanRecord } from './record.ts';
import type { FleetPart } from './sharing.ts';
import { spareWords, unavailableWords, withheldWords } from './words.ts';

export interface Planned {
  ground: Ground;
  router: RoadRouter;
  question: BeliefQuestion;
  plan: SearchPlan;
  /** The target that is most probable now; undefined when there is none that a road leads to. */
  likeliest: number | undefined;
  /** Units that are kept for others. */
  withheld: FleetPart['withheld'];
}

/** A unit whose looks all together find her with less than this stays free. */
const leastGain = 0.003;
const nearestCount = 5;
/** Ways are drawn to so many tasks of each unit: what comes later will be planned anew anyway. */
const drawnTasks = 3;

type Extras = Pick<PlanRecord, 'questions' | 'intercept' | 'containment'>;

export function planRecord(planned: Planned, extras: Extras): PlanRecord {
  const { plan, question, withheld } = planned;
  const { used, spare } = usedRoutes(plan);
  const units = new Map(question.units.map(unit => [unit.id, unit]));
  const { pFoundBy, bound, value, gap } = plan;
  return {
    routes: used.map(({ unitId, tasks }) => routeView(planned, units, units.get(unitId)!, tasks)),
    pFoundBy,
    bound,
    value,
    gap,
    nearest: nearestUnits(planned),
    unavailable: [
      ...question.unavailable.map(({ unitId, callsign, ...why }) => ({
        unitId,
        code: why.code,
        why: unavailableWords(callsign, why),
      })),
      ...withheld.map(({ unitId, code }) => ({
        unitId,
        code,
        why: withheldWords(units.get(unitId)!.callsign, code),
      })),
      ...spare.map(unitId => ({ unitId, code: 'spare', why: spareWords(units.get(unitId)!.callsign) })),
    ],
    ...extras,
  };
}

/** Targets that the plan sends somebody to. */
export function plannedTargets(plan: SearchPlan): Set<number> {
  return new Set(usedRoutes(plan).used.flatMap(({ tasks }) => tasks.map(({ target }) => target)));
}

/** A unit that is told to go somewhere is in use, whatever that brings. */
function usedRoutes({ routes }: SearchPlan): { used: SearchPlan['routes']; spare: string[] } {
  const isUsed = ({ tasks }: SearchPlan['routes'][number]): boolean =>
    tasks.some(({ taken }) => taken) || tasks.reduce((sum, { pos }) => sum + pos, 0) >= leastGain;
  return {
    used: routes.filter(isUsed),
    spare: routes.filter(route => !isUsed(route)).map(({ unitId }) => unitId),
  };
}

type Units = ReadonlyMap<string, QuestionUnit>;

function routeView(
  planned: Planned,
  units: Units,
  unit: QuestionUnit,
  tasks: readonly PlannedTask[],
): PlanRecord['routes'][number] {
  return {
    unitId: unit.id,
    tasks: tasks.map(task => taskView(planned, units, unit, task)),
    path: wayOf(planned, unit, tasks),
  };
}

function taskView(
  { ground, question }: Planned,
  units: Units,
  unit: QuestionUnit,
  task: PlannedTask,
): PlanRecord['routes'][number]['tasks'][number] {
  const target = ground.targets[task.target]!;
  const { id, kind, name, nameEn, position, path } = target;
  const known = unit.tasks.find(({ targetId }) => targetId === id);
  const { p10, p50, p90 } = task.arriveS;
  const at = (inS: number) => new Date(question.nowMs + Math.round(inS) * 1000).toISOString();
  const { travelTimeS, serviceS, method, pod, poa, pos, needsSworn, swornFrom, nextBest } = task;
  const callsign = (unitId: string): string => units.get(unitId)?.callsign ?? unitId;
  return {
    taskRef: known?.taskId ?? `${unit.id}:${id}`,
    state: known?.state ?? 'suggested',
    place: { placeId: id, kind, name, nameEn, position: { lng: position[0], lat: position[1] }, path },
    etaAt: { p10: at(p10), p50: at(p50), p90: at(p90) },
    travelTimeS: Math.round(travelTimeS),
    serviceS: Math.round(serviceS),
    method,
    pod,
    poa,
    pos,
    needsSworn,
    swornFrom,
    why: taskWords({
      task,
      target,
      callsign: unit.callsign,
      nextBest: nextBest && { callsign: callsign(nextBest.unitId), arriveS: nextBest.arriveS },
      swornFrom: swornFrom === null ? null : callsign(swornFrom),
    }),
  };
}

/** By road from the unit to its first tasks; a patrol on foot goes straight where that is nearer. */
function wayOf({ ground, router }: Planned, { at }: QuestionUnit, tasks: readonly PlannedTask[]): number[][] {
  const way: number[][] = [];
  let from: Snap = at;
  for (const { target } of tasks.slice(0, drawnTasks)) {
    const to = ground.targetSnap[target];
    const route = to && router.route(from, to);
    if (!route) break;
    way.push(...route.geometry.slice(way.length > 0 ? 1 : 0).map(short));
    from = to;
  }
  return way;
}

const short = ([lng, lat]: LngLat): number[] => [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];

function nearestUnits({ ground, router, question, likeliest }: Planned): PlanRecord['nearest'] {
  const to = likeliest === undefined ? null : ground.targetSnap[likeliest];
  if (!to) return [];
  const { units, nowMs } = question;
  const found = router.nearest(
    to,
    units.map(({ at }) => at),
    nearestCount,
  );
  return found.map(({ index, travelTimeS, distanceM }) => ({
    unitId: units[index]!.id,
    travelTimeS: Math.round(travelTimeS),
    distanceM: Math.round(distanceM),
    etaAt: new Date(nowMs + Math.round(travelTimeS) * 1000).toISOString(),
  }));
}

/** A unit as the planner takes it, with what the plan before had it do first. */
export function planUnit(
  ground: Ground,
  { nowMs }: BeliefQuestion,
  unit: QuestionUnit,
  suggested?: PlanUnit['suggested'],
): PlanUnit {
  const { id, at, fixAgeS, moving, kind, sworn, auxiliary, untilMs } = unit;
  const refused = unit.refused.flatMap(targetId => ground.indexOf.get(targetId) ?? []);
  const task = unit.tasks.find(({ targetId }) => ground.indexOf.has(targetId));
  const current = task && { ...task, target: ground.indexOf.get(task.targetId)! };
  return {
    id,
    at,
    freeInS: current?.state === 'arrived' ? restOfLook(ground, current, nowMs) : 0,
    fixAgeS,
    moving,
    kind,
    sworn,
    auxiliary,
    ...(untilMs !== null && { untilS: (untilMs - nowMs) / 1000 }),
    ...(suggested && { suggested }),
    ...(refused.length > 0 && { refused }),
    ...(current && { current: { target: current.target, method: current.method, state: current.state } }),
  };
}

/** Seconds until a search that began when the unit arrived is over; one that takes longer than it should is about to be. */
function restOfLook(
  ground: Ground,
  { target, method, changedAtMs }: UnitTask & { target: number },
  nowMs: number,
): number {
  const { durationS } = detectionOf(ground.targets[target]!, method);
  return Math.max(30, durationS - (nowMs - changedAtMs) / 1000);
}
