import { bulletinWords } from '#contract/bulletin-words.ts';
import { defineTexts } from '../texts.ts';

/** The weekly bulletin; its Chinese words are those of the workbook and the paper. */
export const reportTexts = defineTexts(
  {
    title: bulletinWords.title,
    nav: '一周通报',
    earlier: '上一周',
    later: '下一周',
    print: '打印',
    figures: bulletinWords.figures,
    rates: bulletinWords.rates,
    steps: bulletinWords.steps,
    buckets: bulletinWords.buckets,
    assessed: bulletinWords.assessed,
    week: bulletinWords.week,
    yearToDate: bulletinWords.yearToDate,
    yearBefore: bulletinWords.yearBefore,
    noYearBefore: bulletinWords.noYearBefore,
    total: bulletinWords.total,
    noStation: bulletinWords.noStation,
    station: bulletinWords.station,
    times: bulletinWords.times,
    slowest: bulletinWords.slowest,
    assessment: bulletinWords.assessment,
    assessmentHint: bulletinWords.assessmentHint,
    weight: bulletinWords.weight,
    points: bulletinWords.points,
    place: bulletinWords.place,
    unclosed: bulletinWords.unclosed,
    noUnclosed: bulletinWords.noUnclosed,
    unclosedColumns: ['警情', '派出所', '已过', '责任人'],
    nobody: bulletinWords.nobody,
    days: bulletinWords.days,
    incident: bulletinWords.incident,
    typical: bulletinWords.typical,
    noTypical: bulletinWords.noTypical,
    someone: bulletinWords.someone,
    typicalHead: (name: string, scam: string, station: string) => `${station}劝阻${name}（${scam}）`,
    typicalSum: bulletinWords.typicalSum,
    fact: bulletinWords.fact,
    copy: '复制文字',
    copied: '已复制',
    revisions: bulletinWords.revisions,
    revised: (before: string, after: string, at: string) => `${before} → ${after}（${at}）`,
    revisedHint: (n: number) => `本期发布后有 ${n} 处修订`,
    asOf: bulletinWords.asOf,
    interval: bulletinWords.interval,
    duration: bulletinWords.duration,
    notYet: '尚未到发布时间（周一 08:00），数字随办理变化。',
  },
  {
    title: 'Weekly bulletin',
    nav: 'Bulletin',
    earlier: 'Week before',
    later: 'Week after',
    print: 'Print',
    figures: {
      issued: 'Orders',
      due: 'Due',
      metInTime: 'Met in time',
      metTooLate: 'Met too late',
      notMet: 'Not met',
      warned: 'Warned',
      transferred: 'Transferred',
      lossAmount: 'Loss (¥)',
      cases: 'Cases',
      arrests: 'Arrests',
      stopsRequested: 'Stops asked',
      stopsConfirmed: 'Held',
      stopsRefused: 'Refused',
      heldAmount: 'Held (¥)',
      revisitsDue: 'Revisits due',
      revisitsDone: 'Revisited',
      checksDrawn: 'Drawn',
      checksDone: 'Checked',
      checksGood: 'Good',
    },
    rates: {
      meeting: 'Meeting rate',
      transferred: 'Transferred after alert',
      cases: 'Became cases',
      revisits: 'Revisited',
      checks: 'Checks good',
    },
    steps: { acknowledge: 'To acknowledge', underWay: 'To set out', feedback: 'To feed back' },
    buckets: {
      acknowledge: ['0–30 s', '30–60 s', '60–180 s', '> 180 s'],
      underWay: ['0–5 min', '5–10 min', '10–30 min', '> 30 min'],
      feedback: ['0–30 min', '30–60 min', '1–4 h', '> 4 h'],
    },
    assessed: {
      meeting: 'Meeting rate',
      acknowledge: 'Acknowledged in 3 min',
      underWay: 'Set out in 10 min',
      feedback: 'Fed back in 1 h',
      transferred: 'Nothing transferred',
      revisits: 'Revisited',
      checks: 'Checks good',
    },
    week: 'The week',
    yearToDate: 'Year to date',
    yearBefore: 'Year before',
    noYearBefore: 'nothing is known of the same days of the year before',
    total: 'Total',
    noStation: 'No station',
    station: 'Station',
    times: 'Times (orders)',
    slowest: 'Slowest',
    assessment: 'Year-end assessment',
    assessmentHint:
      'Of 100 points, from the year to date. What a station had nothing of is left out, and the rest counts for more.',
    weight: (points: number) => `weight ${points}`,
    points: 'Points',
    place: 'Place',
    unclosed: 'Not cleared',
    noUnclosed: 'Everything is cleared.',
    unclosedColumns: ['Incident', 'Station', 'Age', 'Who answers'],
    nobody: 'Nobody answers for it',
    days: (n: number) => `${n} d`,
    incident: (day: string, number: number) => `${day} no. ${number}`,
    typical: 'A case worth telling',
    noTypical: 'None this week.',
    someone: 'the subject',
    typicalHead: (name: string, scam: string, station: string) => `${station}: ${name} (${scam})`,
    typicalSum: (time: string, held: string) => `${time} from the alert to the meeting; ${held} yuan held.`,
    fact: (told, at) => {
      switch (told.kind) {
        case 'alert':
          return `${at} Alert${told.amount === null ? '' : `, ${told.amount} yuan at risk`}.`;
        case 'order':
          return `${at} Order to ${told.station ?? 'the station'}.`;
        case 'acknowledged':
          return `${at} The station acknowledges.`;
        case 'underWay':
          return `${at} Officers set out.`;
        case 'contacts':
          return `${at} Calls begin: ${told.attempts} attempts, ${told.answered} answered.`;
        case 'trace':
          return `${at} Trace requests: ${told.asked} sent, ${told.answered} answered.`;
        case 'meeting':
          return `${at} ${told.officers} officers (${told.sworn} sworn) meet her.`;
        case 'step':
          return `${at} Step ${told.step}: ${told.done ? 'done' : 'not done'}.`;
        case 'held':
          return `${at} ${told.amount} yuan held.`;
        case 'closed':
          return `${at} Closed: ${told.outcome}.`;
      }
    },
    copy: 'Copy as text',
    copied: 'Copied',
    revisions: 'Revisions',
    revised: (before: string, after: string, at: string) => `${before} → ${after} (${at})`,
    revisedHint: (n: number) => `${n} figures revised since the week's own bulletin`,
    asOf: (at: string) => `as known at ${at}`,
    interval: (lo: string, hi: string) => `95% interval ${lo}–${hi}`,
    duration: (seconds: number) =>
      seconds < 60
        ? `${Math.round(seconds)} s`
        : seconds < 3600
          ? `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
          : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`,
    notYet: "Not yet the week's own bulletin (Monday 08:00): figures move as work goes on.",
  },
);
