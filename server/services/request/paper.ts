/** What the standard paper of a trace says: every word that a bureau may want otherwise is here. */
import { dayOf } from '#domain/shanghai.ts';
import type { TraceSource } from '#domain/loop/request.ts';

const legalBasis =
  '《中华人民共和国反电信网络诈骗法》第三十四条（预警劝阻）；《中华人民共和国个人信息保护法》第十三条第一款第四项';
const reason = '预警显示当事人可能正在遭受电信网络诈骗，需紧急查找其位置以见面劝阻、避免财产损失';
/** A shift: by then she has been met, or somebody has looked at the case again. */
const validMs = 8 * 3_600_000;

/** What each source is asked for when nobody has said it better. */
export const standardWhat: Partial<Record<TraceSource, string>> = {
  carrier: '当事人号码当前及近 2 小时的位置（基站小区、时间），持续更新至见面',
  cameras: '当事人车辆当前及近 2 小时的卡口过车记录（时间、方向），持续更新至见面',
};

/** The standard authority of an incident: numbered by the day that opened it and its number then, `nth` of its own from 1. */
export function standardPaper(incident: { number: number; openedAtMs: number }, nth: number, at: Date) {
  const [year, month, day] = dayOf(incident.openedAtMs).split('-');
  const repeat = nth > 1 ? `之${nth}` : '';
  return {
    number: `反诈查〔${year}〕${month}${day}第${incident.number}号${repeat}`,
    legalBasis,
    reason,
    expiresAt: new Date(at.getTime() + validMs),
  };
}
