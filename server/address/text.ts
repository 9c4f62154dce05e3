/** Written addresses differ in more than their words: this brings them, and the names they are compared with, to one form. */

/** Traditional signs that addresses are full of, each with its simplified one. */
const traditional = new Map(
  '號号 縣县 鎮镇 鄉乡 區区 樓楼 單单 東东 廣广 場场 園园 華华 橋桥 龍龙 門门 馬马 銀银 醫医 學学 車车 國国 灣湾 嶺岭 雲云 溝沟'
    .split(' ')
    .map(pair => [pair[0]!, pair[1]!] as const),
);

/** What an office, a bank or a school is called in short, and offices that stand for the area they serve. */
const shortForms: [RegExp, string][] = [
  [/村民委员会|村委会/g, '村'],
  [/社区居民委员会|社区居委会|居民委员会|居委会/g, '社区'],
  [/街道办事处|街道办/g, '街道'],
  [/村民小组|村小组|小组/g, '组'],
  [/农行/g, '农业银行'],
  [/工行/g, '工商银行'],
  [/建行/g, '建设银行'],
  [/邮储/g, '邮政储蓄'],
  [/农商行/g, '农村商业银行'],
  [/([一二三四五六七八九十])中(?![学心路街巷村])/g, '第$1中学'],
  [/([一二三四五六七八九十])小(?![学区路街巷村])/g, '第$1小学'],
  [/(?<![\p{sc=Han}])(县|镇|乡)(医院|政府)/gu, '$1人民$2'],
];

/** Full-width to half-width, traditional to simplified, small letters without accents, offices to their areas. */
export function plainText(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC');
  const simple = Array.from(folded, sign => traditional.get(sign) ?? sign).join('');
  const spelled = shortForms.reduce((before, [long, short]) => before.replace(long, short), simple);
  // 者桥村者桥村188号: community and village of one name, written one after the other.
  return spelled.replace(/(\p{sc=Han}{2,6})[\s,，]*\1/gu, '$1');
}

/** Where somebody lives now, when the text also tells where she is registered. */
const nowLives =
  /(?:现在?居?住(?:址|地|在|于)?|实际居住(?:地|在|于)?|居住地|租住(?:在|于)?|暂住(?:地|在|于)?|人在|目前在)[:\s]*/;
const isRegistered = /(?:户籍所?在?地?|户口所?在?地?|身份证(?:住?址|地址)|原籍|老家)(?:是|为|在)?[:\s]*/;

/** The part of a text that says where the person is now; remarks in brackets are left out. */
export function currentClause(text: string): string {
  const bare = text.replace(/[([【〔<]([^)\]】〕>]*)[)\]】〕>]/g, (_, remark: string) =>
    /^[\dA-Za-z一二三四五六七八九十]{1,3}$/.test(remark) ? ` ${remark} ` : ' ',
  );
  const clause = bare.trim() === '' ? text : bare;
  const now = nowLives.exec(clause);
  const registered = isRegistered.exec(clause);
  if (!now) return registered ? clause.slice(registered.index + registered[0].length) : clause;
  const after = clause.slice(now.index + now[0].length);
  const home = now.index + now[0].length;
  const end = registered && registered.index > home ? registered.index - home : after.length;
  // `翠屏路12号（现住）`: the words stand behind what they speak of.
  return after.slice(0, end).trim().length >= 3 ? after.slice(0, end) : clause.slice(0, now.index);
}

const digits: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const numeral = /[零〇一二两三四五六七八九十百]+(?=号|#|栋|幢|座|单元|室|层|楼|组|队|期|弄)/g;

/** 二十三号 to 23号, 一〇二室 to 102室. Numerals within names, 三岔河, stay as they are. */
export function arabicDoors(text: string): string {
  return text.replace(numeral, written => String(valueOf(written)));
}

/** Value of a numeral as spoken (二百零三) or as its digits read out (二〇三). */
export function valueOf(written: string): number {
  if (!/[十百]/.test(written)) return Number(Array.from(written, sign => digits[sign]).join(''));
  let sum = 0;
  let pending = 0;
  for (const sign of written) {
    if (sign === '百') sum += (pending || 1) * 100;
    else if (sign === '十') sum += (pending || 1) * 10;
    pending = sign === '百' || sign === '十' ? 0 : (digits[sign] ?? 0);
  }
  return sum + pending;
}

/** The digit of a single numeral, by which 三路 and 3路 are one; other signs are themselves. */
export const signValue = (sign: string): string =>
  sign === '十' ? '10' : digits[sign] === undefined || sign === '零' ? sign : String(digits[sign]);
