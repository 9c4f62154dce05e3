/** The rest of the day: alerts of lower risk now and then, each with a crew at the door. */
import { createRandom, type Random } from '#domain/random.ts';
import type { IncidentOutcome } from '#contract/incident.ts';
import { Autopilot } from './autopilot.ts';
import { Episode } from './episode.ts';
import { homesOf } from './geography.ts';
import { inventPerson } from './people.ts';
import type { EpisodePlan } from './plan.ts';
import type { PlaceSeed } from '../region/source.ts';
import type { Stage } from './stage.ts';

const minute = 60_000;
const minuteS = 60;
const scams = ['rebate', 'investment', 'customerService', 'loan', 'romance', 'acquaintance'] as const;
const risks = ['high', 'medium', 'medium', 'low'] as const;
const atHomeShare = 0.7;

interface IncidentItem {
  id: string;
  openedAt: string;
}

/** Closes what an earlier run of the demo left open, so that the board shows today. */
export async function clearLeftovers(stage: Stage): Promise<void> {
  const { items } = await stage.desk.leader.get<{ items: IncidentItem[] }>(
    '/api/incidents?state=open&limit=200',
  );
  for (const incident of items)
    if (stage.now() - Date.parse(incident.openedAt) > 5 * minute)
      await stage.desk.leader.post(`/api/incidents/${incident.id}/close`, {
        outcome: 'met',
        note: '演示：上次运行遗留',
      });
}

/** One alert of an ordinary day: mostly she is at home, else she is met by telephone and appointment later. */
export async function ordinaryAlert(stage: Stage, random: Random): Promise<Episode> {
  const plan = ordinaryPlan(stage, random);
  const episode = new Episode(stage, plan, { training: false, traced: false });
  await episode.start(new Autopilot(stage, true));
  const settledMs = stage.now() + random.range(18, 70) * minute;
  stage.script.at(settledMs, 'ordinary alert settled', () => {
    const outcome = outcomeOf(random);
    return episode.metMs === null ? episode.settle(outcome, notes[outcome]) : undefined;
  });
  return episode;
}

const notes: Record<IncidentOutcome, string> = {
  met: '电话约见，已到所见面劝阻',
  metTooLate: '见面时已转出部分款项',
  notMet: '多次联系未果，转社区跟进',
  handedOver: '当事人现居外地，已移交',
  falseAlarm: '核实为正常交易',
};

function outcomeOf(random: Random): IncidentOutcome {
  const dice = random.next();
  if (dice < 0.72) return 'met';
  if (dice < 0.82) return 'metTooLate';
  if (dice < 0.88) return 'notMet';
  return dice < 0.94 ? 'handedOver' : 'falseAlarm';
}

function ordinaryPlan({ region }: Stage, random: Random): EpisodePlan {
  const seed = random.int(0x7fff_ffff);
  const own = createRandom(seed);
  const home = own.pick(homesOf(region));
  const away = own.chance(atHomeShare) ? home : own.pick(region.places);
  const [lng, lat] = away.position;
  return {
    scenarioId: 'ordinary',
    seed,
    person: inventPerson(own),
    home,
    alert: {
      risk: own.pick(risks),
      scamType: own.pick(scams),
      amount: Math.round(own.range(2, 90)) * 1000,
      note: own.pick(['当事人点击陌生链接后转账', '银行系统提示异常交易', '96110 去电未接']),
      address: home.address ?? home.name,
    },
    truth: [{ atS: -3600, lng, lat, mode: 'atPlace' }],
    stays: [stayAt(away)],
    evidence: [],
    referenceS: 20 * minuteS,
    moneyGoneS: 60 * minuteS,
    horizonS: 90 * minuteS,
    elsewhere: false,
  };
}

const stayAt = ({ id, name, position }: PlaceSeed) => ({
  placeId: id,
  name,
  position,
  fromS: -3600,
  toS: null,
});
