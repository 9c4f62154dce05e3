/**
 * The written request for a stop-payment: a document of the bureau, so it is Chinese whatever the screen speaks. Every word that a
 * bureau may want otherwise is here. Pure.
 */
import { dayOf } from '../shanghai.ts';

export const letterWords = {
  title: '协助止付通知书',
  basis:
    '根据《中华人民共和国反电信网络诈骗法》第二十条、第三十四条及公安机关办理电信网络诈骗案件保护性止付的有关规定，因当事人可能正在遭受电信网络诈骗，请贵单位对下列账户采取紧急止付措施，并将办理结果和止付金额及时函复我局。',
  bank: '开户机构',
  account: '账号',
  holder: '户名',
  amount: '止付金额',
  wholeBalance: '账户全部余额',
  term: '止付期限',
  termText: '自止付之时起四十八小时，依法可以续期或者转为冻结',
  reason: '事由',
  reasonText: '保护性止付',
  to: (bank: string) => `${bank || '＿＿＿＿＿＿＿＿'}：`,
  bureau: (region: string) => `${region}公安局`,
  officers: '承办民警（签名）',
  approver: '批准人（签名）',
  phone: '联系电话',
  seal: '（公章）',
  receiptTitle: '回　　执',
  receipt: (number: string) => `你局${number}协助止付通知书收悉。办理结果：`,
  receiptHeld: '□ 已止付，止付金额人民币＿＿＿＿＿＿＿＿＿＿＿元',
  receiptRefused: '□ 未止付，原因：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿',
  clerk: '经办人（签名）',
  receiptSeal: '（机构印章）',
  currency: '人民币',
  blankDate: '年　　月　　日',
} as const;

/** 反诈止〔2026〕1122第3-2号: the day that opened the incident, its number then, and which request of it this is, from 1. */
export function letterNumber(
  { number, openedAtMs }: { number: number; openedAtMs: number },
  nth: number,
): string {
  const [year, month, day] = dayOf(openedAtMs).split('-');
  return `反诈止〔${year}〕${month}${day}第${number}-${nth}号`;
}

/** 2026年11月22日, in Shanghai. */
export function chineseDay(atMs: number): string {
  const [year, month, day] = dayOf(atMs).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

const digits = '零壹贰叁肆伍陆柒捌玖';
const places = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿'];

/**
 * An amount as papers of money write it: 180000 is 壹拾捌万元整, 1005.5 is 壹仟零伍元伍角. From 0 to below 10^12 yuan, to the
 * cent (支付结算办法 附一).
 */
export function amountInCapitals(yuan: number): string {
  const cents = Math.round(yuan * 100);
  const whole = Math.floor(cents / 100);
  const jiao = Math.floor(cents / 10) % 10;
  const fen = cents % 10;
  const head = whole === 0 && cents > 0 ? '' : `${wholeInCapitals(whole)}元`;
  if (jiao === 0 && fen === 0) return `${head}整`;
  const middle = jiao > 0 ? `${digits[jiao]}角` : head === '' ? '' : '零';
  return `${head}${middle}${fen > 0 ? `${digits[fen]}分` : ''}`;
}

function wholeInCapitals(whole: number): string {
  if (whole === 0) return '零';
  let text = '';
  let gap = false;
  for (let group = groups.length - 1; group >= 0; group--) {
    const part = Math.floor(whole / 10_000 ** group) % 10_000;
    // A zero is said once between two figures, wherever the gap between them lies.
    if (text !== '' && part < 1000) gap = true;
    if (part === 0) continue;
    text += `${gap ? '零' : ''}${fourInCapitals(part)}${groups[group]}`;
    gap = false;
  }
  return text;
}

function fourInCapitals(part: number): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(part / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${digits[digit]}${places[place]}`;
    gap = false;
  }
  return text;
}
