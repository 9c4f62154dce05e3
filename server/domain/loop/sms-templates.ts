/**
 * What warnings by message say, in Chinese, for whoever they reach. Short, so that a locked screen shows the whole of it;
 * without a link, without a number but the hotline's, and without her name: others may read it.
 */
import type { ScamType } from '#contract/alert.ts';
import type { SmsTemplate } from '#contract/lines.ts';

const opening = '【公安反诈】您可能正在遭遇电信网络诈骗，';
const closing = '请立即停止转账和屏幕共享，挂断电话，接听96110或当面询问民警。';

const warnings: Record<ScamType, string> = {
  fakePolice: '公检法机关不会通过电话、视频办案，没有“安全账户”，也不会要求您独处保密。',
  investment: '声称有内幕消息、稳赚不赔的投资平台都是诈骗，所谓盈利只是数字，无法提现。',
  rebate: '刷单返利都是诈骗，先给小额返利是诱饵，所谓“联单任务”不会再返还本金。',
  customerService: '电商、物流、银行客服不会要求您转账、共享屏幕或提供验证码来退款、理赔、关闭服务。',
  loan: '放款前要求缴纳手续费、保证金、解冻费或刷流水的贷款都是诈骗。',
  romance: '未曾谋面的网友带您投资、借款、汇款都是诈骗，请勿再转账。',
  acquaintance: '以领导、亲友名义要求转账的，请当面或拨打原有号码核实后再说。',
  courier: '陌生快递内的刮奖卡、二维码和拉群返利都是诈骗，请勿扫码、下载软件。',
  other: '任何要求您转账、共享屏幕、提供验证码并对家人保密的，都是诈骗。',
};

const others: Record<Exclude<SmsTemplate, 'byScam' | 'own'>, string> = {
  callBack: `${opening}公安民警正在联系您，请接听来电或主动拨打96110。${closing}`,
  family:
    '【公安反诈】您的家人可能正在遭遇电信网络诈骗，请设法联系并劝其停止转账、告知所在位置，有消息请立即拨打96110或110。民警不会要求您转账。',
};

/** The words of a template; `own` has none. */
export function smsText(template: SmsTemplate, scamType: ScamType): string {
  if (template === 'own') return '';
  return template === 'byScam' ? `${opening}${warnings[scamType]}${closing}` : others[template];
}
