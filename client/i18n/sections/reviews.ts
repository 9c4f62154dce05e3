import { defineTexts } from '../texts.ts';

/** Seeing the recorded trace of a case once more. */
export const reviewTexts = defineTexts(
  {
    title: '轨迹与研判',
    closedHint: '警情已办结：查看轨迹须本人申请复盘授权、由他人批准，并写明事由；每次查看记入审计。',
    openHint: '警情在办：查看条件与实时轨迹相同，须写明事由；每次查看记入审计。',
    ask: '申请复盘授权',
    askTitle: '轨迹复盘授权',
    open: '打开轨迹',
    shut: '收起轨迹',
    openUntil: (when: string) => `授权 ${when} 到期，到期自动收起。`,
    ended: '授权已终止，轨迹已收起。',
    noSightings: '此时刻尚无线索。',
    nothingBelieved: '此时刻尚无位置研判。',
    states: { waiting: '待批准', valid: '有效', expired: '已到期', ended: '已终止' },
    end: '终止',
    ofIncident: (number: number) => `${number} 号警情`,
    waiting: '待批准的轨迹复盘',
  },
  {
    title: 'Trace and beliefs',
    closedHint:
      'The incident is closed: its trace is seen on a review that you ask for and somebody else approves, with a reason; each look is audited.',
    openHint: 'The incident is open: as with the live trace, give a reason; each look is audited.',
    ask: 'Ask for a review',
    askTitle: 'Review of a trace',
    open: 'Open the trace',
    shut: 'Close the trace',
    openUntil: (when: string) => `The authority ends ${when}; the trace closes by itself then.`,
    ended: 'The authority ended; the trace was closed.',
    noSightings: 'Nothing had been sighted yet at this moment.',
    nothingBelieved: 'Nothing was believed yet at this moment.',
    states: { waiting: 'waiting', valid: 'valid', expired: 'expired', ended: 'ended' },
    end: 'End',
    ofIncident: (number: number) => `Incident ${number}`,
    waiting: 'Reviews that wait for an approval',
  },
);
