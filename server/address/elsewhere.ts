/** Texts that name another part of the country: the person lives elsewhere, and her case is another bureau's to meet. */
import { soundsOf } from './sounds.ts';

/** One division as lists of GB/T 2260 have it: a province with its cities, a city with its counties. */
export interface Division {
  name: string;
  children?: readonly Division[];
}

export interface Elsewhere {
  /** As it is called in full, from the province down: 湖南省长沙市岳麓区. */
  name: string;
  /** 0 to 1. */
  confidence: number;
  /** Length of the part of the text that names it. */
  length: number;
}

interface Known {
  name: string;
  /** The chain from the province to this one. */
  chain: readonly string[];
}

const confidence = { chain: 0.97, full: 0.93, shortChain: 0.95, short: 0.72, unknown: 0.6 };
const nations =
  '壮族 回族 维吾尔 哈尼族 彝族 傣族 苗族 白族 藏族 羌族 侗族 布依族 土家族 朝鲜族 蒙古族 蒙古 哈萨克 柯尔克孜 傈僳族 景颇族 佤族 拉祜族 纳西族 独龙族 怒族 瑶族 黎族 畲族 满族 仡佬族 水族 仫佬族 毛南族 土族 撒拉族 保安族 东乡族 裕固族 锡伯 塔吉克 普米族 布朗族 各族 达斡尔族 鄂温克族 鄂伦春'.split(
    ' ',
  );
/** Behind a short name these make it a street or a shop: 南京路, 上海花园, 北京饭店. */
const notADivision =
  /^(?:东|西|南|北|中)?(?:路|街|大道|大街|巷|道|里|花园|小区|社区|村|苑|城|广场|饭店|酒店|银行|烤|站|桥)/;
const suffix = /(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|林区|[省市州盟县区旗])$/;

export class Divisions {
  /** Full and short names, the longest first where one begins another. */
  readonly #byFirst = new Map<string, { word: string; full: boolean; is: Known[] }[]>();
  readonly #own: readonly string[];
  readonly #ownChain: ReadonlySet<string>;

  /**
   * @param own what the region is called; its own province and city are then not elsewhere
   * @param places names in it, by which a region that is called otherwise is known
   */
  constructor(provinces: readonly Division[], own: readonly string[], places: readonly string[] = []) {
    const words = new Map<string, { word: string; full: boolean; is: Known[] }>();
    const add = (word: string, full: boolean, is: Known) => {
      const entry = words.get(word) ?? { word, full, is: [] };
      words.set(word, { ...entry, full: entry.full || full, is: [...entry.is, is] });
    };
    const walk = (division: Division, above: readonly string[]) => {
      const known = { name: division.name, chain: [...above, division.name] };
      add(division.name, true, known);
      const short = shortName(division.name);
      if (short.length >= 2 && short !== division.name) {
        add(short, false, known);
        // 石林彝族自治县 is 石林县 to everybody, 红河哈尼族彝族自治州 is 红河州.
        const kind = /自治([州县旗])$/.exec(division.name)?.[1];
        if (kind) add(short + kind, true, known);
      }
      for (const child of division.children ?? []) walk(child, known.chain);
    };
    for (const province of provinces) walk(province, []);
    for (const entry of words.values()) {
      const first = entry.word[0]!;
      this.#byFirst.set(
        first,
        [...(this.#byFirst.get(first) ?? []), entry].sort((a, b) => b.word.length - a.word.length),
      );
    }
    this.#own = own
      .flatMap(name => [name, shortName(name), shortName(name) + (/.$/u.exec(name)?.[0] ?? '')])
      .filter(name => name.length >= 2);
    const city = own.some(name => suffix.test(name)) ? null : cityOf(provinces, places);
    const within = city ? [city.name, ...(city.children ?? []).map(({ name }) => name)] : [];
    const chains = own.flatMap(name => words.get(name)?.is ?? []).map(({ chain }) => chain);
    const above = words.get(city?.name ?? '')?.is[0]?.chain ?? [];
    this.#ownChain = new Set([...(chains.length === 1 ? chains[0]! : own), ...above, ...within]);
  }

  /**
   * What the beginning of a text names: its own county (then `rest` starts behind it), or another part of the country.
   * Blanks and commas must be gone.
   */
  read(text: string): { rest: number; elsewhere: Elsewhere | null } {
    let at = /^(?:中国|中华人民共和国)/.exec(text)?.[0].length ?? 0;
    const start = at;
    const path: Known[] = [];
    let full = false;
    let foreign = false;
    for (;;) {
      const own = this.#ownAt(text, at);
      if (own > 0) return { rest: at + own, elsewhere: null };
      const next = this.#divisionAt(text, at, path);
      if (!next) break;
      path.push(next.is);
      full ||= next.full;
      foreign ||= !this.#ownChain.has(next.is.name);
      at += next.length;
    }
    if (path.length === 0) return this.#unknownCounty(text, start);
    if (!foreign) return { rest: at, elsewhere: null };
    const name = path.at(-1)!.chain.join('').replace('市辖区', '');
    const sure =
      path.length > 1
        ? full
          ? confidence.chain
          : confidence.shortChain
        : full
          ? confidence.full
          : confidence.short;
    return { rest: at, elsewhere: { name, confidence: sure, length: at } };
  }

  /** Length of the county's own name here, as it sounds: 云西县 is 云溪县 mistyped. */
  #ownAt(text: string, at: number): number {
    for (const own of this.#own) {
      const here = text.slice(at, at + own.length);
      if (here === own || (own.length > 2 && here.length === own.length && soundsLike(here, own))) {
        const doubled = /^[县市区州旗]/.exec(text.slice(at + own.length))?.[0] ?? '';
        const isShort = !suffix.test(own);
        // 云溪区 is another one than 云溪县.
        if (isShort && doubled !== '' && !this.#own.includes(own + doubled)) continue;
        if (isShort && doubled === '' && notADivision.test(text.slice(at + own.length))) continue;
        return own.length + (isShort && this.#own.includes(own + doubled) ? doubled.length : 0);
      }
    }
    return 0;
  }

  #divisionAt(
    text: string,
    at: number,
    path: readonly Known[],
  ): { is: Known; length: number; full: boolean } | null {
    for (const { word, full, is } of this.#byFirst.get(text[at] ?? '') ?? []) {
      if (!text.startsWith(word, at)) continue;
      const above = path.at(-1);
      const fits = is.filter(
        ({ chain }) => !above || (chain.length > above.chain.length && chain.includes(above.name)),
      );
      const rest = text.slice(at + word.length);
      if (fits.length === 0 || (!full && notADivision.test(rest))) continue;
      if (full && /^(?:场|政|民|医|人民)/.test(rest) && word.endsWith('市')) continue;
      // A short name alone (朝阳, 城中) is too little when a hundred places have it.
      if (!full && !above && fits.length > 1 && fits.every(({ chain }) => chain.length > 2)) continue;
      return { is: fits.sort((a, b) => a.chain.length - b.chain.length)[0]!, length: word.length, full };
    }
    return null;
  }

  /** A county that no list has: invented, abolished, or of another country. */
  #unknownCounty(text: string, at: number): { rest: number; elsewhere: Elsewhere | null } {
    const found = /^([^镇乡村路街\P{sc=Han}]{2,5}?(?:省|市|县|自治州|自治县))(?![场政民医道])/u.exec(
      text.slice(at),
    );
    // 鹿鸣镇云溪县第一中学 names its own county, only late.
    if (!found || this.#own.some(own => found[0].includes(own))) return { rest: 0, elsewhere: null };
    const length = at + found[0].length;
    return { rest: length, elsewhere: { name: found[1]!, confidence: confidence.unknown, length } };
  }
}

/**
 * The city that a region lies in which is called after nothing in China (a file's name): the one that several of its
 * places are called after (深圳信息学院, 深圳北站). Which of its counties it is stays open. Empty when they do not agree.
 */
function cityOf(provinces: readonly Division[], places: readonly string[]): Division | null {
  const votes = provinces.flatMap(({ children = [] }) =>
    children.map(city => {
      const called = [city.name, shortName(city.name), ...(city.children ?? []).map(({ name }) => name)];
      const all = places.filter(place => called.some(name => name.length > 1 && place.startsWith(name)));
      return { city, count: all.length };
    }),
  );
  const [first, second] = votes.sort((a, b) => b.count - a.count);
  return first && first.count >= leastVotes && first.count >= 2 * (second?.count ?? 0) ? first.city : null;
}
const leastVotes = 3;

function shortName(name: string): string {
  let short = name.replace(suffix, '');
  for (let before = ''; before !== short; ) {
    before = short;
    for (const nation of nations)
      if (short.length > nation.length + 1 && short.endsWith(nation)) short = short.slice(0, -nation.length);
  }
  return short;
}

const soundsLike = (a: string, b: string): boolean =>
  Array.from(a).every(
    (sign, i) => sign === b[i] || soundsOf(sign).exact.some(sound => soundsOf(b[i]!).exact.includes(sound)),
  );
