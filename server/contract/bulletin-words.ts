/** The bulletin's Chinese words: the same on the page, in the workbook and on paper. Other languages follow this model. */
import type { Assessed, CaseFact, FigureName, RateName, TimedStep } from './bulletin.ts';
import type { Risk, ScamType } from './alert.ts';
import type { IncidentOutcome } from './incident.ts';
import type { meetingSteps } from './kinds.ts';

const figures: Record<FigureName, string> = {
  issued: '下达警单',
  due: '应见面',
  metInTime: '按时见面',
  metTooLate: '超时见面',
  notMet: '未见面',
  warned: '预警人数',
  transferred: '预后转账',
  lossAmount: '损失（元）',
  cases: '预后成案',
  arrests: '抓获人数',
  stopsRequested: '申请止付',
  stopsConfirmed: '止付成功',
  stopsRefused: '止付被拒',
  heldAmount: '止付金额（元）',
  revisitsDue: '应回访',
  revisitsDone: '已回访',
  checksDrawn: '抽查录音',
  checksDone: '已抽查',
  checksGood: '抽查合格',
};
const rates: Record<RateName, string> = {
  meeting: '见面率',
  transferred: '预后转账率',
  cases: '成案率',
  revisits: '回访率',
  checks: '抽查合格率',
};
const steps: Record<TimedStep, string> = {
  acknowledge: '签收用时',
  underWay: '出警用时',
  feedback: '反馈用时',
};
const buckets: Record<TimedStep, readonly [string, string, string, string]> = {
  acknowledge: ['0–30 秒', '30–60 秒', '60–180 秒', '180 秒以上'],
  underWay: ['0–5 分钟', '5–10 分钟', '10–30 分钟', '30 分钟以上'],
  feedback: ['0–30 分钟', '30–60 分钟', '1–4 小时', '4 小时以上'],
};
const assessed: Record<Assessed, string> = {
  meeting: '见面率',
  acknowledge: '3 分钟内签收',
  underWay: '10 分钟内出警',
  feedback: '1 小时内反馈',
  transferred: '预后未转账',
  revisits: '回访率',
  checks: '抽查合格率',
};
const risks: Record<Risk, string> = { extraHigh: '特高危', high: '高危', medium: '中危', low: '低危' };
const scams: Record<ScamType, string> = {
  fakePolice: '冒充公检法',
  investment: '虚假投资理财',
  rebate: '刷单返利',
  customerService: '冒充电商物流客服',
  loan: '虚假贷款',
  romance: '杀猪盘',
  acquaintance: '冒充领导熟人',
  courier: '冒充快递',
  other: '其他',
};
const outcomes: Record<IncidentOutcome, string> = {
  met: '已见面劝阻',
  metTooLate: '见面时已受骗',
  notMet: '未能见面',
  handedOver: '移交外地',
  falseAlarm: '误报',
};
const meeting: Record<(typeof meetingSteps)[number], string> = {
  identity: '核对身份',
  introduction: '表明来意',
  phoneCheck: '征得同意后查看手机',
  persuasion: '讲清骗术、签承诺书',
  followUp: '约定回访',
};

/** One fact of the case as a sentence; `at`: its time as it is to be read. */
function fact(told: CaseFact, at: string): string {
  switch (told.kind) {
    case 'alert': {
      const amount = told.amount === null ? '' : `，涉及金额 ${told.amount} 元`;
      return `${at} 接到${risks[told.risk]}预警（${scams[told.scamType]}${amount}）。`;
    }
    case 'order':
      return `${at} 向${told.station ?? '派出所'}下达警单。`;
    case 'acknowledged':
      return `${at} 派出所签收。`;
    case 'underWay':
      return `${at} 民警出发。`;
    case 'contacts':
      return `${at} 起联系当事人及家属 ${told.attempts} 次，接通 ${told.answered} 次。`;
    case 'trace':
      return `${at} 起发出轨迹调查请求 ${told.asked} 项，得到答复 ${told.answered} 项。`;
    case 'meeting':
      return `${at} ${told.officers} 名警力（其中民警 ${told.sworn} 名）与当事人见面。`;
    case 'step':
      return `${at} ${told.done ? '完成' : '未能'}${meeting[told.step]}。`;
    case 'held':
      return `${at} 止付成功，保住资金 ${told.amount} 元。`;
    case 'closed':
      return `${at} 处置结束：${outcomes[told.outcome]}。`;
  }
}

export const bulletinWords = {
  title: '反诈预警劝阻一周通报',
  figures,
  rates,
  steps,
  buckets,
  assessed,
  risks,
  scams,
  fact,
  week: '本周',
  yearToDate: '本年累计',
  yearBefore: '上年同期',
  noYearBefore: '上年同期没有数据',
  total: '合计',
  noStation: '未指派派出所',
  goneStation: (id: string) => `已撤销（${id}）`,
  station: '派出所',
  times: '各环节用时（单数）',
  timesShort: '用时',
  slowest: '最慢单位',
  slowestIs: (step: string, station: string, time: string) => `${step}：${station}，${time}`,
  duration: (seconds: number) =>
    seconds < 60
      ? `${Math.round(seconds)} 秒`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} 分 ${Math.round(seconds % 60)} 秒`
        : `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`,
  assessment: '年终考核',
  assessmentHint: '按本年累计计分，满分 100；没有发生的项目不计，其余按比例折算。',
  weight: (points: number) => `权重 ${points}`,
  points: '得分',
  place: '名次',
  unclosed: '未清零警情',
  noUnclosed: '没有未清零的警情。',
  unclosedColumns: ['警情', '派出所', '风险', '已过', '责任人'],
  nobody: '无人负责',
  days: (n: number) => `${n} 天`,
  incident: (day: string, number: number) => `${day} 第 ${number} 号`,
  typical: '典型案例',
  noTypical: '本周没有可供通报的案例。',
  typicalHead: (name: string, scam: ScamType, station: string) => `${station}劝阻${name}（${scams[scam]}）`,
  someone: '当事人',
  typicalSum: (time: string, held: string) => `从预警到见面 ${time}，止付 ${held} 元。`,
  revisions: '修订',
  revised: (figure: string, before: string, after: string, at: string) =>
    `${figure}：${before} → ${after}（${at}）`,
  asOf: (at: string) => `数据截至 ${at}`,
  interval: (lo: string, hi: string) => `95% 区间 ${lo}–${hi}`,
  none: '—',
} as const;
