import type { OsmRelation } from '../import/osm.ts';
import type { AdminArea, BasemapFeature, LngLat } from '../source.ts';
import type { Draft } from './draft.ts';
import { adminLevel, adminPlace, nameTags } from './tags.ts';

type Border = Extract<BasemapFeature, { layer: 'boundaries' }>;
type Label = Extract<BasemapFeature, { layer: 'labels' }>;

const stepKey = (a: LngLat, b: LngLat): string => {
  const [from, to] = [a.join(), b.join()];
  return from < to ? `${from} ${to}` : `${to} ${from}`;
};

/**
 * Writes borders and administrative areas. An area whose outline is made of the region's border lines is a relation of
 * those, as neighbours share them; another one brings an outline of its own. `labelAt` knows the nodes of names.
 */
export function writeBorders(
  draft: Draft,
  borders: readonly Border[],
  areas: readonly AdminArea[],
  labelAt: (area: AdminArea, classes: readonly Label['class'][]) => number | undefined,
): void {
  const lineOf = new Map<string, number>();
  const ways = borders.map(({ line, level }) => {
    const way = draft.addBorder(line, { boundary: 'administrative', admin_level: String(level) });
    line.slice(1).forEach((at, i) => lineOf.set(stepKey(line[i]!, at), way));
    return { way, steps: line.length - 1 };
  });
  const stepsOf = new Map(ways.map(({ way, steps }) => [way, steps]));
  for (const area of areas) {
    const { level, name, nameEn, position } = area;
    const label = labelAt(area, ['county', 'city', 'town', 'village', 'hamlet']);
    const tags = { admin_level: String(adminLevel[level]), ...nameTags(name, nameEn) };
    if (!area.area) {
      if (label === undefined) draft.addNode(position, { place: adminPlace[level], ...tags });
      continue;
    }
    const members: OsmRelation['members'] = area.area.flatMap((ring, i) => {
      const role = i === 0 ? 'outer' : 'inner';
      return (waysAlong(ring, lineOf, stepsOf) ?? [draft.addWay(ring)]).map(ref => ({
        type: 'way' as const,
        ref,
        role,
      }));
    });
    if (label !== undefined) members.push({ type: 'node', ref: label, role: 'label' });
    draft.addRelation(members, { type: 'boundary', boundary: 'administrative', ...tags });
  }
}

/** The border ways that make up a ring, or null when they do not cover it from end to end. */
function waysAlong(
  ring: LngLat[],
  lineOf: Map<string, number>,
  stepsOf: Map<number, number>,
): number[] | null {
  const steps = new Map<number, number>();
  for (let i = 1; i < ring.length; i++) {
    const way = lineOf.get(stepKey(ring[i - 1]!, ring[i]!));
    if (way === undefined) return null;
    steps.set(way, (steps.get(way) ?? 0) + 1);
  }
  for (const [way, count] of steps) if (stepsOf.get(way) !== count) return null;
  return [...steps.keys()];
}
