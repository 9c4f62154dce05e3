/** A text as a row of units: Chinese signs, syllables, words and numbers, each with how much it tells. */
import { type Sounds, soundsOf, spoken, syllablesOf } from './sounds.ts';
import { arabicDoors, plainText, signValue } from './text.ts';

export type UnitKind = 'sign' | 'syllable' | 'word' | 'number';

export interface Unit {
  kind: UnitKind;
  /** What equality is decided by: the sign, the word, the number. */
  text: string;
  sounds: Sounds;
  /** 1 for what tells places apart, less for 'road', 'town' and the like. */
  weight: number;
  /** A blank or a comma stands before it. */
  apart: boolean;
}

/** Words that say what kind of thing a name is. Longest first, so that 大道 is found before 道. */
const kindWords =
  '经济技术开发区 工业园区 自治县 开发区 新区 社区 小区 街道 大道 大街 胡同 公路 国道 省道 县道 乡道 省 市 州 盟 县 区 旗 镇 乡 村 屯 寨 组 队 路 街 巷 弄 道'.split(
    ' ',
  );
/** Words of an address that name nothing. */
const fillers =
  '斜对面 对面 旁边 隔壁 附近 后面 前面 门口 路口 交叉口 交汇处 十字路口 楼上 楼下 里面 出租屋 出租房 自建房 宿舍 家中 家里 住在 位于 靠近 号楼 单元 栋 幢 座 号 室 层 楼 房 附 的 旁 边 内 在 与 和 之'.split(
    ' ',
  );
const generic = new Set(
  (
    'carrer avinguda placa plaza passatge cami carretera calle rua rue avenue road street lane square way drive town ' +
    'village county township community strasse weg platz gasse av avda c ctra pl st rd ave ln de del la el les els l d i the of and s'
  ).split(' '),
);
const weights = { kindWord: 0.35, filler: 0.08, number: 0.5, generic: 0.25 };

/** Units of a name or a text. `typed`: Latin words may be pinyin. */
export function unitsOf(text: string, typed = false): Unit[] {
  const plain = arabicDoors(plainText(text));
  const units: Unit[] = [];
  let apart = true;
  for (const token of plain.matchAll(/\p{sc=Han}|\d+|[\p{L}]+|[^\p{L}\p{N}]+/gu)) {
    const part = token[0];
    if (/^\d/.test(part))
      units.push(unit('number', String(Number(part)), { exact: [], rough: [] }, weights.number, apart));
    else if (/\p{sc=Han}/u.test(part)) units.push(unit('sign', signValue(part), soundsOf(part), 1, apart));
    else if (/\p{L}/u.test(part)) units.push(...wordUnits(part, typed, apart));
    apart = !/[\p{L}\p{N}]/u.test(part);
  }
  return units;
}

const unit = (kind: UnitKind, text: string, sounds: Sounds, weight: number, apart: boolean): Unit => ({
  kind,
  text,
  sounds,
  weight,
  apart,
});

function wordUnits(word: string, typed: boolean, apart: boolean): Unit[] {
  const syllables = typed && word.length > 1 ? syllablesOf(word) : null;
  if (!syllables)
    return [unit('word', word, { exact: [], rough: [] }, generic.has(word) ? weights.generic : 1, apart)];
  return syllables.map((syllable, i) => unit('syllable', syllable, spoken([syllable]), 1, apart && i === 0));
}

/** A name's units: the word that says its kind weighs little, unless nearly nothing else is there (石村, 新街). */
export function nameUnits(name: string, lead: readonly string[] = []): Unit[] {
  const units = unitsOf(name);
  const signs = units.map(({ text }) => text).join('');
  const kind = kindWords.find(word => signs.endsWith(word) && units.length - word.length >= 2);
  if (kind) weigh(units, units.length - kind.length, kind.length, weights.kindWord);
  // `云溪县人民医院` is the people's hospital to everybody there.
  const own = lead.find(
    word => word.length >= 2 && signs.startsWith(word) && units.length - word.length >= 2,
  );
  if (own) weigh(units, 0, own.length, weights.generic);
  return units;
}

/** A written text's units: words of kind and fillers weigh little. */
export function textUnits(text: string, typed: boolean): Unit[] {
  const units = unitsOf(text, typed);
  const signs = units
    .map(({ kind, text: sign }) => (kind === 'sign' ? sign : ' '))
    .map(sign => sign[0]!)
    .join('');
  const mark = (words: readonly string[], weight: number) => {
    for (const word of words)
      for (let at = signs.indexOf(word); at >= 0; at = signs.indexOf(word, at + 1))
        if (at > 0 || weight === weights.filler) weigh(units, at, word.length, weight);
  };
  mark(kindWords, weights.kindWord);
  mark(fillers, weights.filler);
  return units;
}

function weigh(units: Unit[], from: number, count: number, weight: number): void {
  for (const each of units.slice(from, from + count)) each.weight = Math.min(each.weight, weight);
}
