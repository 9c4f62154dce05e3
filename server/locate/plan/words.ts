/** A planned task in one sentence with its numbers. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { Target } from '../ground.ts';
import type { PlannedTask } from './types.ts';

interface Words {
  zh: string;
  en: string;
}

interface TaskSentence {
  task: PlannedTask;
  target: Target;
  callsign: string;
  /** The other unit that could be there soonest. */
  nextBest: { callsign: string; arriveS: number } | null;
  /** Callsign of the unit that brings a sworn officer along. */
  swornFrom: string | null;
}

const methodWords: Record<SearchMethod, Words> = {
  driveBy: { zh: '车巡', en: 'drive past' },
  walkThrough: { zh: '步行查找', en: 'walk through' },
  clerkAsked: { zh: '持照片问柜台', en: 'ask at the desk with the photo' },
  registerChecked: { zh: '查登记', en: 'check the register' },
  gateAsked: { zh: '问门卫或敲门', en: 'ask at the gate or door' },
};

/** '茶口2 → 工业园南路：车巡，3 分钟到，31 % 在那里；次优 茶口1 9 分钟' */
export function taskWords({ task, target, callsign, nextBest, swornFrom }: TaskSentence): Words {
  const { p50, p10, p90 } = task.arriveS;
  const method = methodWords[task.method];
  const chance = percent(task.poa);
  const isThere = task.taken && p50 === 0;
  const unsure = p90 - p10 > Math.max(240, p50);
  const zh = [
    `${callsign} → ${target.name}：${method.zh}，${isThere ? '已到' : `${minutes(p50)} 分钟到`}`,
    ...(unsure ? [`（${minutes(p10)} 至 ${minutes(p90)} 分钟）`] : []),
    `，${chance} 在那里`,
    ...(nextBest && !isThere ? [`；次优 ${nextBest.callsign} ${minutes(nextBest.arriveS)} 分钟`] : []),
    ...swornZh(task, swornFrom),
  ];
  const place = target.nameEn ?? target.name;
  const en = [
    `${callsign} → ${place}: ${method.en}, ${isThere ? 'there now' : `${minutes(p50)} min`}`,
    ...(unsure ? [` (${minutes(p10)} to ${minutes(p90)})`] : []),
    `, ${chance} there`,
    ...(nextBest && !isThere ? [`; next best ${nextBest.callsign} at ${minutes(nextBest.arriveS)} min`] : []),
    ...swornEn(task, swornFrom),
  ];
  return { zh: zh.join(''), en: en.join('') };
}

function swornZh({ needsSworn }: PlannedTask, swornFrom: string | null): string[] {
  if (!needsSworn) return [];
  return swornFrom === null
    ? ['；全组辅警，没有民警可以同去，只查看不敲门']
    : [`；全组辅警，敲门须由 ${swornFrom} 民警到场`];
}

function swornEn({ needsSworn }: PlannedTask, swornFrom: string | null): string[] {
  if (!needsSworn) return [];
  return swornFrom === null
    ? ['; auxiliaries only and no sworn officer in reach: look, do not knock']
    : [`; auxiliaries only: whoever knocks waits for the sworn officer of ${swornFrom}`];
}

/** Whole minutes, a begun one counting, as one says it over the radio. */
const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${Math.round(share * 100)} %`;
}
