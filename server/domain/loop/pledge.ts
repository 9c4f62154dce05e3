/** The pledge that is signed at the end of a meeting: a document of the bureau, so it is Chinese whatever the screen speaks. */
import type { ScamType } from '#contract/alert.ts';

export const pledgeTitle = '防范电信网络诈骗承诺书';

/** What this kind of fraud asks of people, and what she therefore will not do. */
const byType: Record<ScamType, string> = {
  fakePolice:
    '公检法机关不会通过电话、网络办案，没有“安全账户”。凡自称民警、检察官、法官要求保密、独处、共享屏幕或转账的，我一律挂断，并到就近派出所核实。',
  investment:
    '凡群聊荐股、内部消息、稳赚不赔、须下载陌生软件的投资理财，我一律不参与；不向陌生平台充值，不因“小额可提现”而追加资金。',
  rebate:
    '刷单本身违法，先垫资后返利的“任务”都是诈骗。我不做刷单、点赞、关注类兼职，不再补缴任何“保证金”“解冻金”。',
  customerService:
    '客服退款、理赔不需要转账、贷款或共享屏幕。接到自称电商、物流、银行客服的来电，我只通过官方渠道核实，不下载会议软件，不提供验证码。',
  loan: '正规贷款放款前不收取任何费用。凡要求先缴手续费、保证金、验资或刷流水的，我一律不办理，不寄出银行卡。',
  romance: '网上结识、素未谋面者推荐的投资、博彩或借款，我一律拒绝；不向未见过面的人转账。',
  acquaintance: '凡领导、亲友通过网络、电话要求转账的，我一律当面或拨打原号码核实后再办。',
  courier: '快递中的二维码、刮刮卡、“到付”礼品我一律不扫不付；自称邮政、海关来电涉案的，我向 96110 核实。',
  other: '凡要求转账、垫资、共享屏幕、提供验证码的陌生来电和信息，我一律不理会，并向 96110 核实。',
};

/** The paragraphs of the pledge for a type of fraud. */
export const pledgeText = (scamType: ScamType): readonly string[] => [
  '民警已当面向我讲明电信网络诈骗的手法和危害。我已知悉，并郑重承诺：',
  `一、${byType[scamType]}`,
  '二、不向陌生账户转账，不出租、出借、出售银行卡、电话卡和支付账户，不参与诈骗及为诈骗提供帮助的活动。',
  '三、同意安装“国家反诈中心”应用并开启来电预警，接受公安机关回访。',
  '四、遇到可疑情况，立即停止操作，拨打 96110 或 110。',
];
