/** Questions as the leader reads them. */
import type { RankedQuestion } from './index.ts';

/** Names of what the question is about, in its order: cameras or places. */
type Names = readonly string[];

const zh: Record<RankedQuestion['ask'], (names: Names) => string> = {
  ping: () => '再次请求手机位置',
  camera: names => `查询卡口是否拍到其车牌（${listZh(names)}）`,
  hotelRegister: names => `查询住宿、上网登记（${listZh(names)}）`,
  usualPlaces: () => '请家属说出其常去的地方',
  bankAlert: names => `把照片发给 ${names.length} 家银行网点（${listZh(names)}）`,
  vehicle: () => '问清其车辆和车牌，再查全部卡口',
};

const en: Record<RankedQuestion['ask'], (names: Names) => string> = {
  ping: () => "Request her phone's position again",
  camera: names => `Ask whether her plate was read (${listEn(names)})`,
  hotelRegister: names => `Check the registers of hotels and internet cafés (${listEn(names)})`,
  usualPlaces: () => 'Ask her family where she usually goes',
  bankAlert: names => `Send her photo to ${names.length} bank branches (${listEn(names)})`,
  vehicle: () => 'Ask which car she drives and its plate, then all cameras',
};

/** One sentence with its numbers. */
export function questionText(question: RankedQuestion, names: Names, lang: 'zh' | 'en'): string {
  const { ask, gainMin, takesMin } = question;
  const gain = gainMin.toFixed(1);
  if (lang === 'zh') return `${zh[ask](names)}：约 ${takesMin} 分钟有结果，预计提早 ${gain} 分钟见面`;
  return `${en[ask](names)}: answer in about ${takesMin} min, expected to meet her ${gain} min earlier`;
}

/** The first few by name. */
const shown = 3;

const listZh = (names: Names): string =>
  names.slice(0, shown).join('、') + (names.length > shown ? ` 等 ${names.length} 处` : '');

const listEn = (names: Names): string =>
  names.slice(0, shown).join(', ') + (names.length > shown ? ` and ${names.length - shown} more` : '');
