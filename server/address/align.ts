/** Where in a text a name stands, as somebody may have mistyped it. */
import type { Unit } from './units.ts';

export interface Alignment {
  /** 1: word for word; 0: nothing of it is there. */
  quality: number;
  /** Units of the text that stand for units of the name. */
  matched: number[];
  /** The worst that happened: how the reader is told why. */
  how: MatchKind;
}

export type MatchKind = 'exact' | 'sound' | 'similar' | 'partial';

const cost = {
  sameSound: 0.12,
  nearSound: 0.3,
  shortWord: 0.2,
  nearWord: 0.3,
  farWord: 0.5,
  /** Something between the name's parts that is not of the name. */
  inserted: 0.6,
  /** A part of the name that the text leaves out. */
  omitted: 0.92,
  swapped: 0.35,
  otherNumber: 3,
  /** A kind word left out (翠屏23号) is half meant. */
  kindOmitted: 0.5,
};
const kindWeight = 0.5;

/** What it costs to read one unit as another: 0 the same, 1 quite another. */
export function unlikeness(name: Unit, text: Unit): number {
  if (name.text === text.text) return 0;
  // 12 is not 14 mistyped: another number is another house.
  if (name.kind === 'number' && text.kind === 'number') return cost.otherNumber;
  if (name.kind === 'word' && text.kind === 'word') return wordUnlikeness(name, text);
  if (name.sounds.exact.length === 0 || text.sounds.exact.length === 0) return 1;
  // A typed syllable can be no closer than the sound.
  if (meet(name.sounds.exact, text.sounds.exact)) return text.kind === 'syllable' ? 0.02 : cost.sameSound;
  return meet(name.sounds.rough, text.sounds.rough) ? cost.nearSound : 1;
}

const meet = (a: readonly string[], b: readonly string[]): boolean => a.some(each => b.includes(each));

function wordUnlikeness({ text: a, weight }: Unit, { text: b, weight: other }: Unit): number {
  // av. for avinguda, str for strasse: words that say little are cut short.
  if (weight < kindWeight && other < kindWeight && a[0] === b[0]) return cost.shortWord;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.startsWith(short) && short.length >= 3) return cost.shortWord;
  const edits = editDistance(a, b);
  if (edits <= 1 && short.length >= 4) return cost.nearWord;
  return edits <= 2 && short.length >= 7 ? cost.farWord : 1;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

const moveKind = { skipName: 1, skipText: 2, read: 3, swap: 4 } as const;

/**
 * The best place for a name in a text: edit distance with the text's ends free, weighed by what each unit of the
 * name tells (Sellers 1980, with neighbours swapped as in Damerau). Null when hardly anything of it is there.
 */
export function align(name: readonly Unit[], text: readonly Unit[], leastQuality: number): Alignment | null {
  const total = name.reduce((sum, { weight }) => sum + weight, 0);
  const width = text.length + 1;
  const costs = new Float64Array((name.length + 1) * width);
  const moves = new Uint8Array(costs.length);
  for (let i = 1; i <= name.length; i++) {
    for (let j = 0; j < width; j++) step(name, text, costs, moves, i, j, width);
  }
  let end = 0;
  const last = name.length * width;
  for (let j = 1; j < width; j++) if (costs[last + j]! < costs[last + end]! - 1e-9) end = j;
  const quality = 1 - costs[last + end]! / total;
  if (quality < leastQuality) return null;
  return { quality, ...trace(name, text, moves, end, width) };
}

function step(
  name: readonly Unit[],
  text: readonly Unit[],
  costs: Float64Array,
  moves: Uint8Array,
  i: number,
  j: number,
  width: number,
): void {
  const of = name[i - 1]!;
  const at = i * width + j;
  const omission = of.weight * (of.weight < kindWeight ? cost.kindOmitted : cost.omitted);
  let best = costs[at - width]! + omission;
  let move: number = moveKind.skipName;
  if (j > 0) {
    const read = costs[at - width - 1]! + of.weight * unlikeness(of, text[j - 1]!);
    if (read <= best) [best, move] = [read, moveKind.read];
    const skip = costs[at - 1]! + cost.inserted * (text[j - 1]!.weight < kindWeight ? 0.5 : 1);
    if (skip < best) [best, move] = [skip, moveKind.skipText];
    if (i > 1 && j > 1 && of.text === text[j - 2]!.text && name[i - 2]!.text === text[j - 1]!.text) {
      const swapped = costs[at - 2 * width - 2]! + cost.swapped;
      if (swapped < best) [best, move] = [swapped, moveKind.swap];
    }
  }
  costs[at] = best;
  moves[at] = move;
}

function trace(
  name: readonly Unit[],
  text: readonly Unit[],
  moves: Uint8Array,
  end: number,
  width: number,
): Pick<Alignment, 'matched' | 'how'> {
  const matched: number[] = [];
  let how: MatchKind = 'exact';
  const worse = (kind: MatchKind) => {
    if (order.indexOf(kind) > order.indexOf(how)) how = kind;
  };
  for (let i = name.length, j = end; i > 0; ) {
    const move = moves[i * width + j];
    if (move === moveKind.read) {
      const off = unlikeness(name[i - 1]!, text[j - 1]!);
      if (off < 0.6) matched.push(j - 1);
      if (off > 0) worse(off <= cost.sameSound ? 'sound' : off < 1 ? 'similar' : 'partial');
      i--;
      j--;
    } else if (move === moveKind.swap) {
      matched.push(j - 1, j - 2);
      worse('similar');
      i -= 2;
      j -= 2;
    } else if (move === moveKind.skipText) {
      worse('similar');
      j--;
    } else {
      if (name[i - 1]!.weight >= kindWeight) worse('partial');
      i--;
    }
  }
  return { matched: matched.reverse(), how };
}
const order: MatchKind[] = ['exact', 'sound', 'similar', 'partial'];
