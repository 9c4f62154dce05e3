/** Banks as people write them: short forms, branches, and whom to telephone. Pure. */

interface KnownBank {
  name: string;
  /** Also called; the name itself without 中国 is understood. */
  also: readonly string[];
  /** The public number of its customers, day and night. */
  hotline?: string;
}

const known: readonly KnownBank[] = [
  { name: '中国工商银行', also: ['工商银行', '工行', 'ICBC'], hotline: '95588' },
  { name: '中国农业银行', also: ['农业银行', '农行', 'ABC'], hotline: '95599' },
  { name: '中国银行', also: ['中行', '中银', 'BOC'], hotline: '95566' },
  { name: '中国建设银行', also: ['建设银行', '建行', 'CCB'], hotline: '95533' },
  { name: '交通银行', also: ['交行', 'BOCOM'], hotline: '95559' },
  {
    name: '中国邮政储蓄银行',
    also: ['邮政储蓄银行', '邮储银行', '邮储', '邮政储蓄', 'PSBC'],
    hotline: '95580',
  },
  { name: '招商银行', also: ['招行', 'CMB'], hotline: '95555' },
  { name: '中信银行', also: ['中信', 'CITIC'], hotline: '95558' },
  { name: '中国光大银行', also: ['光大银行', '光大', 'CEB'], hotline: '95595' },
  { name: '中国民生银行', also: ['民生银行', '民生', 'CMBC'], hotline: '95568' },
  { name: '兴业银行', also: ['兴业', 'CIB'], hotline: '95561' },
  { name: '上海浦东发展银行', also: ['浦东发展银行', '浦发银行', '浦发', 'SPDB'], hotline: '95528' },
  { name: '平安银行', also: ['平安', 'PAB'], hotline: '95511' },
  { name: '华夏银行', also: ['华夏', 'HXB'], hotline: '95577' },
  { name: '广发银行', also: ['广东发展银行', '广发', 'CGB'], hotline: '95508' },
  { name: '浙商银行', also: ['浙商'], hotline: '95527' },
  { name: '富滇银行', also: ['富滇'] },
  { name: '农村信用社', also: ['农信社', '信用社', '农信', '信用合作社', '信用联社'] },
  { name: '农村商业银行', also: ['农商银行', '农商行'] },
  { name: '支付宝', also: ['ALIPAY', '蚂蚁'], hotline: '95188' },
  { name: '财付通', also: ['微信支付', '微信', 'TENPAY', 'WECHATPAY'], hotline: '95017' },
];

const plain = (text: string): string => text.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '');

const aliases = known
  .flatMap(bank => [bank.name, ...bank.also].map(alias => ({ alias: plain(alias), bank })))
  // The longest that fits decides: 农商行 is no 农行.
  .toSorted((a, b) => b.alias.length - a.alias.length);

const isLatin = (alias: string): boolean => /^[A-Z]+$/.test(alias);

function knownBank(text: string): KnownBank | undefined {
  const said = plain(text);
  const words = new Set(said.split(/[^A-Z]+/));
  return aliases.find(({ alias }) => (isLatin(alias) ? words.has(alias) : said.includes(alias)))?.bank;
}

/** A row of numbers that may be an account written into the wrong cell. */
const longNumber = /\d(?:[ -]?\d){5,}/g;

/** A bank as an alert names it, fit for the log: without anything that could be an account. */
export const withoutAccount = (text: string): string =>
  text.normalize('NFKC').replaceAll(longNumber, '').trim().slice(0, 64);

/** The full name of a bank, however it is written; one that is not known keeps its own without the form of company. */
export const bankName = (text: string): string =>
  knownBank(text)?.name ??
  text
    .normalize('NFKC')
    .trim()
    .replace(/(?:股份)?有限(?:责任)?公司/, '');

export interface BankNumber {
  bank: string;
  branch: string;
  phone: string;
  person: string | null;
  hours: string | null;
}

/** Whom to telephone. `listed` false: the bureau's directory has nobody, and this is the public number. */
export type FoundNumber = BankNumber & { listed: boolean };

/**
 * The number beside an account of a bank that is written in any way: of the branch that it names, else of the whole bank, else of
 * the first branch; else the bank's public number. Null for no such bank.
 */
export function numberOf(text: string, directory: readonly BankNumber[]): FoundNumber | null {
  if (text.trim() === '') return null;
  const name = bankName(text);
  const rows = directory.filter(({ bank }) => bankName(bank) === name);
  const said = plain(text);
  const found =
    rows.find(({ branch }) => branch !== '' && said.includes(plain(branch))) ??
    rows.find(({ branch }) => branch === '') ??
    rows[0];
  if (found) {
    const { bank, branch, phone, person, hours } = found;
    return { bank, branch, phone, person, hours, listed: true };
  }
  const hotline = knownBank(text)?.hotline;
  return hotline === undefined
    ? null
    : { bank: name, branch: '', phone: hotline, person: null, hours: null, listed: false };
}
