/** Names by which a dispatcher can say a segment over the radio: its road and a number, or what it lies near. */
import KDBush from 'kdbush';
import { distanceM, positionAlong } from '#road/geo.ts';
import { isChinese } from './import/names.ts';
import type { CutSegment, SegmentSeed } from './segments.ts';
import type { LngLat, RegionSource } from './source.ts';

const NAMED_ROAD_WITHIN_M = 400;
const LABEL_WITHIN_M = 5000;
const METRES_PER_DEGREE = 111_195;

interface Named {
  at: LngLat;
  name: string;
  nameEn: string;
}

interface Base {
  name: string;
  nameEn: string;
  /** The name is of something near, not of the segment's own road. */
  near: boolean;
}

export function nameSegments(segments: readonly CutSegment[], source: RegionSource): SegmentSeed[] {
  const roads = nearest(namedRoads(source), NAMED_ROAD_WITHIN_M);
  const labels = nearest(labelsOf(source), LABEL_WITHIN_M);
  const chinese = isChinese(source.name) || segments.some(({ road }) => isChinese(road));
  const groups = new Map<string, { base: Base; members: CutSegment[] }>();
  for (const segment of segments) {
    const base = baseOf(segment, chinese, roads, labels);
    const key = `${base.near} ${base.name}`;
    const group = groups.get(key) ?? { base, members: [] };
    groups.set(key, group);
    group.members.push(segment);
  }
  const names = new Map<CutSegment, { name: string; nameEn: string }>();
  for (const { base, members } of groups.values()) {
    alongRoad(members).forEach((segment, i) =>
      names.set(segment, numbered(base, members.length > 1 ? i + 1 : 0, chinese)),
    );
  }
  return segments.map(segment => {
    const { road: _, roadEn: __, ...rest } = segment;
    return { ...rest, ...names.get(segment)! };
  });
}

function baseOf(
  segment: CutSegment,
  chinese: boolean,
  roads: (at: LngLat) => Named | null,
  labels: (at: LngLat) => Named | null,
): Base {
  if (segment.road) return { name: segment.road, nameEn: segment.roadEn || segment.road, near: false };
  const middle = middleOf(segment);
  // In the hills the village says more than a road that passes by; in a works' grounds it is the road.
  const found =
    segment.kind === 'industrialRoad' ? (roads(middle) ?? labels(middle)) : (labels(middle) ?? roads(middle));
  const unnamed = chinese ? '无名路' : 'unnamed road';
  return found
    ? { name: found.name, nameEn: found.nameEn, near: true }
    : { name: unnamed, nameEn: 'unnamed road', near: false };
}

function numbered(base: Base, number: number, chinese: boolean): { name: string; nameEn: string } {
  const english = `${base.near ? 'near ' : ''}${base.nameEn}${number ? `, section ${number}` : ''}`;
  if (!chinese)
    return { name: `${base.near ? 'near ' : ''}${base.name}${number ? ` ${number}` : ''}`, nameEn: english };
  return {
    name: `${base.name}${base.near ? '附近小路' : ''}${number ? ` ${number}段` : ''}`,
    nameEn: english,
  };
}

/** Numbered from west to east or north to south, whichever way the group is longer. */
function alongRoad(members: readonly CutSegment[]): CutSegment[] {
  const middles = new Map(members.map(member => [member, middleOf(member)]));
  const spread = (axis: 0 | 1) => {
    const values = [...middles.values()].map(at => at[axis]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  const eastWest = spread(0) >= spread(1);
  const rank = (member: CutSegment) => (eastWest ? middles.get(member)![0] : -middles.get(member)![1]);
  return [...members].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function middleOf({ line, lengthM }: CutSegment): LngLat {
  return positionAlong(line, lengthM / 2);
}

function namedRoads({ roads }: RegionSource): Named[] {
  return roads.ways.flatMap(({ name, nameEn, nodes }) => {
    if (!name) return [];
    const positions = nodes.map(node => roads.nodes.get(node)).filter(at => at !== undefined);
    return positions.map(at => ({ at, name, nameEn: nameEn ?? name }));
  });
}

function labelsOf({ basemap }: RegionSource): Named[] {
  return basemap.flatMap(feature => {
    if (feature.layer !== 'labels' || ['county', 'city', 'peak'].includes(feature.class)) return [];
    return [{ at: feature.at, name: feature.name, nameEn: feature.nameEn ?? feature.name }];
  });
}

/** A look-up of the nearest of these within a distance. */
function nearest(items: readonly Named[], withinM: number): (at: LngLat) => Named | null {
  if (items.length === 0) return () => null;
  const index = new KDBush(items.length);
  // Longitudes are shrunk, so that a circle in the index is one on the ground.
  const shrink = Math.cos((items[0]!.at[1] * Math.PI) / 180);
  for (const { at } of items) index.add(at[0] * shrink, at[1]);
  index.finish();
  return at => {
    let best: Named | null = null;
    let bestM = withinM;
    for (const i of index.within(at[0] * shrink, at[1], withinM / METRES_PER_DEGREE)) {
      const itemM = distanceM(at, items[i]!.at);
      if (itemM <= bestM) [best, bestM] = [items[i]!, itemM];
    }
    return best;
  };
}
