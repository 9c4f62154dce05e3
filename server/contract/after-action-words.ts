/** The after-action report's Chinese words: the same on the page and on paper. Other languages follow this model. */
import type { TaskOutcome, TaskState } from '#domain/task.ts';
import type { IncidentOutcome } from './incident.ts';
import type { ClockKind, StopState } from './kinds.ts';
import type { SearchMethod, SightingKind } from './sighting.ts';
import type { WhatIfPolicy } from './what-if.ts';

const clocks: Record<ClockKind, string> = {
  traceSent: '发出查询',
  stopPayment: '止付',
  acknowledge: '签收',
  underWay: '出警',
  meeting: '见面',
  feedback: '反馈',
  sameDay: '当日清零',
};
const sightings: Record<SightingKind, string> = {
  cell: '基站定位',
  fix: '定位点',
  camera: '卡口抓拍',
  transaction: '交易',
  report: '反映线索',
  search: '实地排查',
};
const outcomes: Record<IncidentOutcome, string> = {
  met: '已见面劝阻',
  metTooLate: '见面时已转账',
  notMet: '未能见面',
  handedOver: '已移交',
  falseAlarm: '误报',
};
const stopStates: Record<StopState, string> = {
  requested: '待答复',
  confirmed: '已止付',
  refused: '未止付',
  withdrawn: '已撤回',
};
const methods: Record<SearchMethod, string> = {
  driveBy: '车巡经过',
  walkThrough: '步行查看',
  clerkAsked: '询问工作人员',
  registerChecked: '查登记记录',
  gateAsked: '询问门卫',
};
const taskStates: Record<TaskState, string> = {
  ordered: '已下达',
  accepted: '已接受',
  arrived: '已到达',
  done: '已完成',
  refused: '已拒绝',
  cancelled: '已取消',
};
const taskOutcomes: Record<TaskOutcome, string> = { found: '找到', notHere: '不在', blocked: '受阻' };
const policies: Record<WhatIfPolicy, string> = {
  plan: '按系统建议派遣',
  lastPing: '从最后定位向外排查',
  bankFirst: '逐家银行排查',
};

export const afterActionWords = {
  title: '处置复盘报告',
  page: (number: number) => `${number} 号警情处置复盘`,
  hint: '据日志生成；不含当事人位置与线索内容。每次导出记入审计。',
  pdf: '导出 PDF',
  print: '打印',
  back: '返回回放',
  open: '处置复盘',
  incident: (day: string, number: number) => `${day} ${number} 号警情`,
  head: {
    person: '当事人',
    scam: '案件类型',
    risk: '风险',
    station: '派出所',
    opened: '受理',
    closed: '办结',
    outcome: '结果',
    held: '止付金额',
  },
  yuan: (amount: string) => `${amount} 元`,
  open_: '在办',
  outcomes,
  clocksTitle: '时限对照',
  clockColumns: ['时限', '起算', '应完成', '实际完成', '结果'],
  clocks,
  kept: (time: string) => `按时，提前 ${time}`,
  missed: (time: string) => `超时 ${time}`,
  notDone: '未完成',
  void: '不再适用',
  known: '何时知道什么',
  knownHint: '迟到的线索在“得知”之前无人知道，不能用来评判当时的决定。',
  knownColumns: ['线索', '发生', '中心得知', '迟到', '备注'],
  sightings,
  inTime: '—',
  withdrawn: (at: string) => `${at} 撤回`,
  corrected: (at: string) => `${at} 更正`,
  tasks: '派出力量与决定',
  taskColumns: ['序号', '力量', '地点', '方式', '下达', '到达', '结束', '结果', '理由'],
  methods,
  taskStates,
  taskOutcomes,
  stops: '止付',
  stopColumns: ['银行', '状态', '申请', '最后变更', '止付金额', '更正次数'],
  stopStates,
  none: '无',
  whatIfs: '推演',
  whatIfHint: '由当时的位置研判抽样推演，只给出何时见面，不给出位置；区间为 90%。',
  whatIfColumns: ['时刻', '如果', '此后', '结果', '样本'],
  policies,
  changes: {
    order: (callsign: string, place: string, method: string) => `派${callsign}到${place}（${method}）`,
    withdraw: (callsign: string) => `不派${callsign}`,
    removeFact: (sighting: string) => `没有线索“${sighting}”`,
    addFact: (sighting: string) => `当时已知线索“${sighting}”`,
    policy: (policy: string) => `改为${policy}`,
  },
  earlier: (mean: string, low: string, high: string) => `平均提前 ${mean} 分钟见面（${low} 至 ${high}）。`,
  later: (mean: string, low: string, high: string) => `平均推迟 ${mean} 分钟见面（${low} 至 ${high}）。`,
  noDifference: (low: string, high: string) => `看不出差别（提前 ${low} 至 ${high} 分钟）。`,
  medians: (was: string, changed: string) => `见面时间中位数：原方案 ${was}，改变后 ${changed}（分钟）。`,
  never: '过半未见面',
  timeline: '经过',
  maps: '力量活动图',
  mapHint: '灰线为道路，彩线为力量轨迹，数字为查找任务序号，方块为派出所。不含当事人位置。',
  first: (minutes: number) => `报警后 ${minutes} 分钟内`,
  whole: '全过程',
  north: '北',
  km: (value: number) => `${value} 公里`,
  duration: (seconds: number) => {
    const minutes = Math.round(Math.abs(seconds) / 60);
    if (Math.abs(seconds) < 60) return `${Math.round(Math.abs(seconds))} 秒`;
    return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`;
  },
};
