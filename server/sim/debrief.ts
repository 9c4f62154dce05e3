/** After an exercise: the times that the log of the incident tells, and the truth, which may be shown now. */
import type { TrainingResult } from '#contract/simulator.ts';
import type { TaskView } from '#contract/task.ts';
import { unlessConflict } from './api.ts';
import type { Episode } from './episode.ts';
import { type EpisodePlan, planEpisode } from './plan.ts';
import { scenarioById } from './scenarios.ts';
import type { Stage } from './stage.ts';
import type { BegunTraining } from './training-log.ts';
import { truthAt, type TruthPoint } from './truth.ts';

/** What a playing has come to. */
interface Played {
  plan: EpisodePlan;
  incidentId: string;
  startMs: number;
  endMs: number;
  metMs: number | null;
  ending: TrainingResult['ending'];
  /** Null: nobody knows any more. */
  drivenM: number | null;
}
interface IncidentTimes {
  authorities: { requestedAt: string; approvedAt: string | null }[];
  sightings: { receivedAt: string }[];
}
type Task = Pick<
  TaskView,
  'callsign' | 'target' | 'orderedAt' | 'arrivedAt' | 'endedAt' | 'outcome' | 'state'
>;

const second = 1000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Reads what the incident's log says and puts the simulator's truth beside it. Throws RefusedError. */
export async function debrief(stage: Stage, episode: Episode): Promise<TrainingResult> {
  const { plan, incidentId, startMs, metMs, ending, drivenM } = episode;
  const played = {
    plan,
    incidentId,
    startMs,
    metMs,
    drivenM,
    ending: ending ?? 'stopped',
    endMs: stage.now(),
  };
  return resultOf(played, await readLog(stage, incidentId));
}

/**
 * The same for a training that the end of the last server cut short: its plan is made again from the seed, and its
 * incident is closed. Throws RefusedError, and Error when there is no such scenario any more.
 */
export async function debriefInterrupted(
  stage: Stage,
  { scenarioId, seed, startedAt, incidentId }: BegunTraining,
): Promise<TrainingResult> {
  const scenario = scenarioById(scenarioId);
  const plan = scenario && planEpisode(stage.region, stage.findRoute, scenario, seed);
  if (!plan)
    throw new Error(`the training of ${startedAt} cannot be told of: ${scenarioId} cannot be played`);
  const log = await readLog(stage, incidentId);
  const found = log.tasks.find(({ outcome }) => outcome === 'found');
  await closeAfterRestart(stage, incidentId, found !== undefined);
  const startMs = Date.parse(startedAt);
  const metMs = found?.endedAt ? Date.parse(found.endedAt) : null;
  const endMs = Math.min(stage.now(), startMs + plan.horizonS * second);
  const ending = metMs === null ? 'restarted' : 'met';
  return resultOf({ plan, incidentId, startMs, metMs, endMs, ending, drivenM: null }, log);
}

async function closeAfterRestart({ desk }: Stage, incidentId: string, met: boolean): Promise<void> {
  const body = { outcome: met ? 'met' : 'falseAlarm', note: '演练因系统重启中断' };
  // A person may have closed it before.
  await unlessConflict(desk.leader.post(`/api/incidents/${incidentId}/close`, body));
}

interface IncidentLog {
  incident: IncidentTimes;
  tasks: Task[];
}

async function readLog({ desk }: Stage, incidentId: string): Promise<IncidentLog> {
  const path = `/api/incidents/${incidentId}`;
  const incident = await desk.leader.get<IncidentTimes>(path);
  const { items } = await desk.leader.get<{ items: Task[] }>(`${path}/tasks`);
  return { incident, tasks: items };
}

function resultOf(
  { plan, incidentId, startMs, endMs, metMs, ending, drivenM }: Played,
  { incident, tasks: all }: IncidentLog,
): TrainingResult {
  const at = (s: number) => iso(startMs + s * second);
  // Where the alert joined an open incident of the same person, what was done before it is no part of this.
  const isIn = (time: string) => Date.parse(time) >= startMs;
  const tasks = all.filter(({ orderedAt }) => isIn(orderedAt));
  const requests = incident.authorities.filter(({ requestedAt }) => isIn(requestedAt));
  const sightings = incident.sightings.filter(({ receivedAt }) => isIn(receivedAt));
  return {
    id: `${startMs.toString(36)}-${plan.scenarioId}-${plan.seed}`,
    scenarioId: plan.scenarioId,
    seed: plan.seed,
    startedAt: iso(startMs),
    ending,
    metAfterMinutes: metMs === null ? null : (metMs - startMs) / 60_000,
    incidentId,
    endedAt: iso(endMs),
    times: {
      authorityRequestedAt: earliest(requests.map(({ requestedAt }) => requestedAt)),
      authorityApprovedAt: earliest(requests.map(({ approvedAt }) => approvedAt)),
      firstSightingAt: earliest(sightings.map(({ receivedAt }) => receivedAt)),
      firstOrderAt: earliest(tasks.map(({ orderedAt }) => orderedAt)),
      firstArrivalAt: earliest(tasks.map(({ arrivedAt }) => arrivedAt)),
      metAt: metMs === null ? null : iso(metMs),
    },
    moneyGoneAt: at(plan.moneyGoneS),
    amount: plan.alert.amount,
    moneySaved: ending === 'handedOver' || (metMs !== null && metMs <= startMs + plan.moneyGoneS * second),
    orders: tasks.length,
    drivenKm: drivenM === null ? null : Math.round(drivenM / 100) / 10,
    searches: tasks.map(task => ({
      callsign: task.callsign,
      target: task.target?.name ?? '',
      orderedAt: task.orderedAt,
      arrivedAt: task.arrivedAt,
      endedAt: task.endedAt,
      outcome: task.outcome ?? task.state,
    })),
    truth: thinned(untilS(plan.truth, ((metMs ?? endMs) - startMs) / second)).map(({ atS, ...where }) => ({
      at: at(atS),
      ...where,
    })),
    stops: plan.stays.map(({ name, position: [lng, lat], fromS, toS }) => ({
      name,
      lng,
      lat,
      fromAt: at(fromS),
      toAt: toS === null ? null : at(toS),
    })),
  };
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.filter(time => time !== null).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** The truth until the end of the exercise, with a last point there. */
function untilS(truth: readonly TruthPoint[], endS: number): TruthPoint[] {
  const { at, mode } = truthAt(truth, endS);
  return [...truth.filter(({ atS }) => atS < endS), { atS: endS, lng: at[0], lat: at[1], mode }];
}

const mostPoints = 600;

/** A long way as so many points as a screen can tell apart; where she changes what she does is kept. */
function thinned(truth: readonly TruthPoint[]): TruthPoint[] {
  const step = Math.ceil(truth.length / mostPoints);
  return truth.filter(
    (point, i) => i % step === 0 || i === truth.length - 1 || point.mode !== truth[i - 1]?.mode,
  );
}
