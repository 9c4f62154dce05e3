/** What the server itself has to say of beliefs and units; the engine's own reasons have their words beside them. */
import type { Unavailability } from './protocol.ts';
import type { Words } from './record.ts';

const words = (zh: string, en: string): Words => ({ zh, en });

export function unavailableWords(callsign: string, why: Unavailability): Words {
  switch (why.code) {
    case 'offDuty':
      return words(`${callsign} 不在班`, `${callsign} is off duty`);
    case 'outOfService':
      return words(`${callsign} 已停用`, `${callsign} is out of service`);
    case 'noFix':
      return words(`${callsign} 从未上报位置`, `${callsign} has never reported a position`);
    case 'oldFix':
      return words(
        `${callsign} 超过 10 分钟没有上报位置`,
        `${callsign} has reported no position for ten minutes`,
      );
    case 'offRoad':
      return words(`${callsign} 附近没有道路`, `no road is near ${callsign}`);
    case 'otherIncident':
      return words(
        `${callsign} 正在处置第 ${why.number} 号警情`,
        `${callsign} is busy with incident ${why.number}`,
      );
  }
}

export const withheldWords = (callsign: string, code: 'neededElsewhere' | 'reserve'): Words =>
  code === 'reserve'
    ? words(
        `${callsign} 留守，保证辖区有警可派`,
        `${callsign} stays free, so that somebody can answer the next call`,
      )
    : words(
        `${callsign} 留给另一起更急的警情`,
        `${callsign} is kept for another incident that needs it more`,
      );

/** A unit that could go, but of which the plan makes no use. */
export const spareWords = (callsign: string): Words =>
  words(
    `${callsign} 赶不到任何值得查找的地方，留作机动`,
    `${callsign} reaches nothing worth a look in time; it is free`,
  );

export const contradictionWords = (count: number): Words =>
  words(
    `${count} 条线索互相矛盾，不可能都对：请核实后更正或撤回`,
    `${count} sightings cannot all be true: check them, then correct or withdraw`,
  );

export const restGrowsWords = (before: number, now: number): Words =>
  words(
    `不在辖区道路上、或模型没有想到的可能从 ${percent(before)} 升到 ${percent(now)}：线索与推测不合`,
    `the share of what the model does not foresee rose from ${percent(before)} to ${percent(now)}: facts and belief disagree`,
  );

export const fewFactsWords: Words = words(
  '还没有手机、卡口或交易线索：只凭同类案件的规律推测',
  'no phone, camera or card has told anything yet: this is only what such cases are like',
);

export const homeUnknownWords: Words = words(
  '住址不明：出发地按全辖区推测，请先确认住址',
  'nobody knows where she lives: she may have set out from anywhere; find her home first',
);

export const interceptWords = (callsign: string, minutes: number, share: number): Words =>
  words(
    `${callsign}：${minutes} 分钟到位，她可能走的路线有 ${percent(share)} 此后经过`,
    `${callsign}: there in ${minutes} min; ${percent(share)} of her possible ways pass after that`,
  );

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
