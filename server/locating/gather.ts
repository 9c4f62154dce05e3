/** Puts a question together: what is known of an incident, and who could look for her. */
import type { BeliefReason } from '#contract/posterior.ts';
import { dutyOf, whyUnavailable } from '#domain/roster.ts';
import { isOpenTask } from '#domain/task.ts';
import type { World, WorldTask, WorldUnit } from '#domain/world.ts';
import type { Database } from '../../db/connect.ts';
import { knownOfIncident, rowsSince } from '../../db/queries/belief.ts';
import { priorCounts, priorWeights } from '../../db/queries/prior.ts';
import type { LatestFix } from '../live/fleet.ts';
import type { Live } from '../live/live.ts';
import type { Roads } from '../live/roads.ts';
import { weightiest } from './marks.ts';
import type { BeliefQuestion, PriorTables, QuestionUnit, Unavailability, UnitTask } from './protocol.ts';

interface QuestionSources {
  database: Database;
  live: Pick<Live, 'world' | 'fleet'>;
  roads: Pick<Roads, 'closed'>;
}

/** A question, and the last fact that it knows. */
export interface Gathered {
  seq: number;
  /** The weightiest of what the log says since the belief before; `time` where it says nothing. */
  because: BeliefReason;
  /** `restBefore` is known to who asked before. */
  question: Omit<BeliefQuestion, 'restBefore'>;
}

/** Undefined when the incident is not open. Facts come from the database, units and closures as the server's world has them. */
export async function gather(
  sources: QuestionSources,
  incidentId: string,
  nowMs: number,
  /** The last fact that the belief before knew; 0: there was none. */
  sinceSeq: number,
): Promise<Gathered | undefined> {
  const { database, live, roads } = sources;
  const read = await database.read(async tx => {
    const known = await knownOfIncident(tx, incidentId);
    const news = await rowsSince(tx, incidentId, sinceSeq);
    return known && { known, news, priors: await readPriors(tx) };
  });
  if (!read) return undefined;
  const { known, news, priors } = read;
  const { seq, ...about } = known;
  const world = live.world();
  const question = {
    incidentId,
    nowMs,
    ...about,
    downCameraIds: Object.keys(world.downCameras),
    priors,
    closed: roads.closed(),
    ...unitsFor(world, live.fleet, incidentId, nowMs),
  };
  return { seq, because: weightiest(news), question };
}

export async function readPriors(tx: Parameters<typeof priorCounts>[0]): Promise<PriorTables> {
  return { weights: await priorWeights(tx), counts: await priorCounts(tx) };
}

/** The newest fix of each unit. */
export type Fixes = Pick<Live['fleet'], 'latest' | 'snapAt'>;
type Units = Pick<BeliefQuestion, 'units' | 'unavailable'>;

/** Who can be sent, and who cannot and why. */
export function unitsFor(world: World, fleet: Fixes, incidentId: string, nowMs: number): Units {
  const found: Units = { units: [], unavailable: [] };
  const tasks = Map.groupBy(Object.values(world.tasks), ({ unitId }) => unitId);
  for (const unit of Object.values(world.units)) {
    const judged = judge({ world, fleet, incidentId, nowMs }, unit, tasks.get(unit.id) ?? []);
    if ('code' in judged) found.unavailable.push({ unitId: unit.id, callsign: unit.callsign, ...judged });
    else found.units.push(judged);
  }
  return found;
}

interface Situation {
  world: World;
  fleet: Fixes;
  incidentId: string;
  nowMs: number;
}

function judge(
  { world, fleet, incidentId, nowMs }: Situation,
  unit: WorldUnit,
  all: readonly WorldTask[],
): QuestionUnit | Unavailability {
  const tasks = all.filter(isOpenTask);
  const fix = fleet.latest(unit.id);
  const code = whyUnavailable(unit, fix?.observedAtMs, nowMs);
  if (code !== null) return { code };
  const elsewhere = tasks.find(task => task.incidentId !== incidentId);
  if (elsewhere) {
    return { code: 'otherIncident', number: world.incidents[elsewhere.incidentId]?.number ?? 0 };
  }
  const at = fix && fleet.snapAt(fix.slot);
  if (!at) return { code: 'offRoad' };
  const duty = dutyOf(unit, nowMs);
  return {
    id: unit.id,
    callsign: unit.callsign,
    stationId: unit.stationId,
    kind: unit.kind,
    sworn: duty.crew.sworn,
    auxiliary: duty.crew.auxiliary,
    at,
    fixAgeS: Math.max(0, (nowMs - fix.observedAtMs) / 1000),
    moving: isMoving(fix),
    untilMs: duty.until === null ? null : Date.parse(duty.until),
    tasks: tasks.map(unitTask).toSorted((a, b) => progress[b.state] - progress[a.state] || order(a, b)),
    refused: all.flatMap(task =>
      task.state === 'refused' && task.incidentId === incidentId ? [targetOf(task)] : [],
    ),
  };
}

/** Slower than this a car stands, whatever its receiver thinks. */
const movingMps = 1.5;
const isMoving = ({ speedMps }: LatestFix): boolean => (speedMps ?? 0) > movingMps;

const progress = { ordered: 0, accepted: 1, arrived: 2 } as const;
const order = (a: UnitTask, b: UnitTask): number => a.changedAtMs - b.changedAtMs;

const targetOf = ({ placeId, segmentId }: WorldTask): string => placeId ?? segmentId ?? '';

function unitTask(task: WorldTask): UnitTask {
  const { id, method, state, changedAt } = task;
  return {
    taskId: id,
    targetId: targetOf(task),
    method,
    state: state as UnitTask['state'],
    changedAtMs: Date.parse(changedAt),
  };
}
