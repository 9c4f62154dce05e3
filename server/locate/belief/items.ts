/** The set of facts in its one order. */
import type { CellFact, Fact } from '#locate/fact.ts';
import { type Item, mayAnchor } from './compile.ts';

/** Of the facts at which trips may begin, so many of the newest. */
const anchorCount = 2;

/** In order of time, each once. */
export function itemsOf(facts: readonly Fact[]): Item[] {
  const unique = [...new Map(facts.map(fact => [fact.id, fact])).values()];
  const sorted = unique.sort((a, b) => a.atS - b.atS || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const anchors = new Set(
    sorted
      .filter(mayAnchor)
      .slice(-anchorCount)
      .map(({ id }) => id),
  );
  const reported = new Map<string, number>();
  const items = new Map<string, Item>();
  for (const fact of sorted) {
    const antenna = fact.kind === 'cell' ? antennaKey(fact) : '';
    const repeat = reported.get(antenna) ?? 0;
    const others = reported.size - (reported.has(antenna) ? 1 : 0);
    if (fact.kind === 'cell') reported.set(antenna, repeat + 1);
    const context = fact.kind === 'cell' ? `${repeat}/${others}` : anchors.has(fact.id) ? 'a' : '';
    const key = `${context} ${textOf(fact)}`;
    items.set(key, { key, fact, repeat, others, anchors: anchors.has(fact.id) });
  }
  return [...items.values()];
}

const antennaKey = ({ cellId, site, azimuthDeg }: CellFact): string =>
  cellId ?? `${site.join()} ${azimuthDeg ?? ''}`;

const texts = new WeakMap<Fact, string>();

/** Facts are values: two with the same text are the same. */
function textOf(fact: Fact): string {
  const known = texts.get(fact);
  if (known !== undefined) return known;
  const text = JSON.stringify(fact);
  texts.set(fact, text);
  return text;
}
