/** What the cells of an alert table say, as platforms and banks write them. Pure: text in, value out, undefined for none. */
import type { Risk, ScamType } from '#contract/alert.ts';
import { dayMs, shanghaiMs } from '#domain/shanghai.ts';
import { readClock, readDay } from '#domain/roster-table.ts';

const riskWords: Record<Risk, readonly string[]> = {
  extraHigh: ['extrahigh', '特高危', '极高危', '特高', '极高', '紧急', '一级', 'ⅰ级', '红色'],
  high: ['high', '高危', '高', '高风险', '二级', 'ⅱ级', '橙色'],
  medium: ['medium', '中危', '中', '中风险', '三级', 'ⅲ级', '黄色'],
  low: ['low', '低危', '低', '低风险', '四级', 'ⅳ级', '蓝色'],
};

/** The first kind of which a word is in the text; more special words come first. */
const scamWords: readonly (readonly [ScamType, readonly string[]])[] = [
  ['fakePolice', ['fakepolice', '公检法', '冒充公安', '冒充警察', '冒充法院', '冒充检察']],
  ['acquaintance', ['acquaintance', '冒充领导', '冒充熟人', '领导熟人', '冒充亲友', '猜猜我是谁']],
  ['romance', ['romance', '杀猪', '婚恋', '交友', '网恋', '裸聊']],
  ['courier', ['courier', '快递', '刮奖', '包裹']],
  ['customerService', ['customerservice', '客服', '电商', '物流', '退款', '理赔', '注销']],
  ['rebate', ['rebate', '刷单', '返利', '做任务', '点赞']],
  ['investment', ['investment', '投资', '理财', '炒股', '荐股', '虚拟币', '数字货币', '期货']],
  ['loan', ['loan', '贷款', '网贷', '征信', '办卡']],
  ['other', ['other', '其他', '其它', '未知', '不明']],
];

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '');

export function readRisk(text: string): Risk | undefined {
  const wanted = plain(text).replace(/(等级|级别|预警)$/, '');
  return (Object.keys(riskWords) as Risk[]).find(risk => riskWords[risk].includes(wanted));
}

export function readScamType(text: string): ScamType | undefined {
  const wanted = plain(text);
  return scamWords.find(([, words]) => words.some(word => wanted.includes(word)))?.[0];
}

/** An instant, ISO 8601 UTC: with an offset as it says, without one as the clocks of Shanghai showed it. */
export function readInstant(text: string): string | undefined {
  const stamp = text.trim();
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(stamp)) {
    const ms = Date.parse(stamp);
    return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
  }
  // A spreadsheet counts days; the part behind the point is the time.
  if (/^\d{5}(\.\d+)?$/.test(stamp)) {
    const day = readDay(stamp.slice(0, 5));
    return day === undefined ? undefined : shanghai(day, Math.round((Number(stamp) % 1) * 86_400));
  }
  const parts = /^(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)[\sT]*(.*)$/u.exec(stamp);
  const day = parts && readDay(parts[1]!);
  if (!parts || day === undefined || day === null) return undefined;
  const time = parts[2]!.replace(/秒$/, '');
  if (time === '') return shanghai(day, 0);
  const minutes = readClock(time.replace(/(分|:)(\d{1,2})$/u, keepMinutes));
  const seconds = /^\d{1,2}\s*[:：点时]\s*\d{1,2}\s*[:：分]\s*(\d{1,2})$/u.exec(time)?.[1];
  if (minutes === undefined || minutes >= 24 * 60 || Number(seconds ?? 0) > 59) return undefined;
  return shanghai(day, minutes * 60 + Number(seconds ?? 0));
}

/** `9时35分20` → `9时35分`; `9:35` and `9:35:20` stay, for the reader of clocks knows them. */
const keepMinutes = (whole: string, sign: string): string => (sign === '分' ? '分' : whole);

const shanghai = (day: number, seconds: number): string =>
  new Date(day * dayMs + seconds * 1000 - shanghaiMs).toISOString();

/** Yuan: `180,000`, `¥18万`, `1.5万元`, `180000.50元`. */
export function readYuan(text: string): number | undefined {
  const parts = /^[¥￥]?(\d+(?:\.\d+)?)(万|亿)?(?:元|块|人民币)?$/u.exec(text.replaceAll(/[,，\s]/g, ''));
  if (!parts) return undefined;
  const factor = { 万: 1e4, 亿: 1e8 }[parts[2] ?? ''] ?? 1;
  const yuan = Math.round(Number(parts[1]) * factor * 100) / 100;
  return yuan <= 1e12 ? yuan : undefined;
}
