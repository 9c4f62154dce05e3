/** After an exercise: the times that the log of the incident tells, and the truth, which may be shown now. */
import type { TrainingResult } from '#contract/simulator.ts';
import type { TaskView } from '#contract/task.ts';
import type { Episode } from './episode.ts';
import type { Stage } from './stage.ts';
import type { TruthPoint } from './truth.ts';
import { truthAt } from './truth.ts';

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
  const path = `/api/incidents/${episode.incidentId}`;
  const incident = await stage.desk.leader.get<IncidentTimes>(path);
  const { items } = await stage.desk.leader.get<{ items: Task[] }>(`${path}/tasks`);
  return resultOf(episode, incident, items, stage.now());
}

function resultOf(
  episode: Episode,
  incident: IncidentTimes,
  tasks: readonly Task[],
  endMs: number,
): TrainingResult {
  const { plan, startMs, metMs } = episode;
  const requests = incident.authorities;
  const at = (s: number) => iso(startMs + s * second);
  return {
    id: `${startMs.toString(36)}-${plan.scenarioId}-${plan.seed}`,
    scenarioId: plan.scenarioId,
    seed: plan.seed,
    startedAt: iso(startMs),
    ending: episode.ending ?? 'stopped',
    metAfterMinutes: metMs === null ? null : (metMs - startMs) / 60_000,
    incidentId: episode.incidentId,
    endedAt: iso(endMs),
    times: {
      authorityRequestedAt: earliest(requests.map(({ requestedAt }) => requestedAt)),
      authorityApprovedAt: earliest(requests.map(({ approvedAt }) => approvedAt)),
      firstSightingAt: earliest(incident.sightings.map(({ receivedAt }) => receivedAt)),
      firstOrderAt: earliest(tasks.map(({ orderedAt }) => orderedAt)),
      firstArrivalAt: earliest(tasks.map(({ arrivedAt }) => arrivedAt)),
      metAt: metMs === null ? null : iso(metMs),
    },
    moneyGoneAt: at(plan.moneyGoneS),
    amount: plan.alert.amount,
    moneySaved:
      episode.ending === 'handedOver' || (metMs !== null && metMs <= startMs + plan.moneyGoneS * second),
    orders: tasks.length,
    drivenKm: Math.round(episode.drivenM / 100) / 10,
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
