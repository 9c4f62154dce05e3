import type { BasemapFeature } from '../source.ts';
import type { Extract } from './extract.ts';

/** Administrative levels that a county's map shows: country, province, prefecture, county, township. */
const SHOWN_LEVELS = { from: 2, to: 8 };

/** Border lines, each once, with the highest level (smallest number) among the areas it bounds. */
export function readBoundaries({ relations, ways, store }: Extract): BasemapFeature[] {
  const levelOf = new Map<number, number>();
  const offer = (wayId: number, level: number) => {
    if (level >= SHOWN_LEVELS.from && level <= SHOWN_LEVELS.to)
      levelOf.set(wayId, Math.min(level, levelOf.get(wayId) ?? level));
  };
  for (const { tags, members } of relations) {
    if (tags?.boundary !== 'administrative') continue;
    for (const { type, ref } of members) if (type === 'way') offer(ref, Number(tags.admin_level));
  }
  for (const { id, tags } of ways.values())
    if (tags?.boundary === 'administrative') offer(id, Number(tags.admin_level));
  const features: BasemapFeature[] = [];
  for (const [wayId, level] of levelOf) {
    for (const line of store.runs(ways.get(wayId)?.refs ?? [])) {
      if (line.length > 1) features.push({ layer: 'boundaries', level, line });
    }
  }
  return features;
}
