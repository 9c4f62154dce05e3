/** Administrative areas in each other, by their polygons where they are known, else by who is nearest. */
import { distanceM, metresPerDegree } from '#road/geo.ts';
import type { GazetteerEntry } from '../address/gazetteer.ts';
import { bboxContains, bboxOf, polygonAreaM2, polygonContains } from './geo.ts';
import type { AdminArea, AdminLevel, Bbox, LngLat } from './source.ts';

export interface AreaTree {
  /** The areas, from large to small; their index is what `around` answers with. */
  entries: GazetteerEntry[];
  /** Areas that a position lies in, from large to small: at most one of each level. */
  around(at: LngLat): number[];
}

const levels: readonly AdminLevel[] = ['county', 'township', 'community', 'village', 'hamlet'];
/** An area without an outline reaches half-way to the next of its level, within these bounds. */
const reachM: Record<AdminLevel, [least: number, most: number]> = {
  county: [5_000, 60_000],
  township: [1_000, 12_000],
  community: [300, 1_500],
  village: [250, 1_500],
  hamlet: [150, 600],
};

interface Area {
  seed: AdminArea;
  box: Bbox | null;
  radiusM: number;
  /** Without an outline it holds nothing farther away, and nothing farther north or south. */
  heldM: number;
  heldLat: number;
  parent: number | null;
}

export function areaTree(seeds: readonly AdminArea[], bbox: Bbox): AreaTree {
  const sorted = [...seeds].sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  const indexOf = new Map(sorted.map(({ id }, i) => [id, i]));
  const areas: Area[] = sorted.map((seed, i) => {
    const { level, area, parentId } = seed;
    const radiusM = radiusOf(seed, sorted, bbox, i);
    const heldM = radiusM * (level === 'county' || level === 'township' ? 3 : 1.3);
    return {
      seed,
      box: area?.[0] ? bboxOf(area[0]) : null,
      radiusM,
      heldM,
      heldLat: heldM / metresPerDegree,
      parent: parentId === undefined ? null : (indexOf.get(parentId) ?? null),
    };
  });
  const ofLevel = levels.map(level => [...sorted.keys()].filter(i => sorted[i]!.level === level));
  const around = (at: LngLat, above = levels.length): number[] => {
    const found: number[] = [];
    // From small to large: who knows the parent of a village knows its township better than any distance does.
    for (let rank = above - 1; rank >= 0; rank--) {
      const known = found
        .flatMap(i => ancestorsOf(areas, i))
        .find(i => levels.indexOf(sorted[i]!.level) === rank);
      const index = known ?? holderOf(areas, ofLevel[rank]!, at);
      if (index !== null) found.push(index);
    }
    return [...new Set(found)].reverse();
  };
  const entries = areas.map(
    ({ seed, radiusM }, i): GazetteerEntry => ({
      level: seed.level,
      name: seed.name,
      ...(seed.nameEn !== undefined && { nameEn: seed.nameEn }),
      ...(seed.aliases && { aliases: seed.aliases }),
      position: seed.position,
      radiusM,
      ...(seed.area && { area: seed.area.map(ring => ring.map(rounded)) }),
      within: withinOf(areas, i, at => around(at, levels.indexOf(seed.level))),
    }),
  );
  return { entries, around: at => around(at) };
}

/** The areas of a gazetteer that was read from its file. */
export function treeOfEntries(entries: readonly GazetteerEntry[], bbox: Bbox): AreaTree {
  const seeds = entries.flatMap(
    ({ level, name, nameEn, aliases, position, area, within }, i): AdminArea[] => {
      if (!isArea(level)) return [];
      const parent = within.at(-1);
      return [
        {
          id: String(i),
          level,
          name,
          ...(nameEn !== undefined && { nameEn }),
          ...(aliases && { aliases }),
          position,
          ...(area && { area }),
          ...(parent !== undefined && { parentId: String(parent) }),
        },
      ];
    },
  );
  return areaTree(seeds, bbox);
}

const isArea = (level: GazetteerEntry['level']): level is AdminLevel => levels.some(each => each === level);
const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];

/** Its parents as given; without any, those that lie around it. */
function withinOf(areas: readonly Area[], index: number, around: (at: LngLat) => number[]): number[] {
  const { seed, parent } = areas[index]!;
  if (parent === null) return around(seed.position).filter(i => i !== index);
  return ancestorsOf(areas, index).reverse();
}

function ancestorsOf(areas: readonly Area[], index: number): number[] {
  const found: number[] = [];
  for (let at = areas[index]!.parent; at !== null && !found.includes(at); at = areas[at]!.parent)
    found.push(at);
  return found;
}

/** Which of some areas holds a position: by outline; without one the nearest, if it reaches so far. */
function holderOf(areas: readonly Area[], among: readonly number[], at: LngLat): number | null {
  let nearest: number | null = null;
  let leastM = Infinity;
  for (const i of among) {
    const { seed, box, heldM, heldLat } = areas[i]!;
    if (box) {
      if (bboxContains(box, at) && polygonContains(seed.area!, at)) return i;
      continue;
    }
    // Asked for every quarter of a kilometre of road: most are ruled out without any arithmetic.
    if (Math.abs(at[1] - seed.position[1]) > heldLat) continue;
    const apartM = distanceM(at, seed.position);
    if (apartM <= heldM && apartM < leastM) [nearest, leastM] = [i, apartM];
  }
  return nearest;
}

function radiusOf(
  { level, area, position }: AdminArea,
  all: readonly AdminArea[],
  bbox: Bbox,
  index: number,
): number {
  const ring = area?.[0];
  if (area && ring) {
    // An outline is seldom round: what holds nine tenths of its corners, but no less than its own size.
    const corners = ring.map(at => distanceM(at, position)).sort((a, b) => a - b);
    return Math.round(
      Math.max(Math.sqrt(polygonAreaM2(area) / Math.PI), corners[Math.floor(corners.length * 0.9)]!),
    );
  }
  const [least, most] = reachM[level];
  if (level === 'county') return Math.round(distanceM([bbox[0], bbox[1]], [bbox[2], bbox[3]]) / 2);
  let nearestM = Infinity;
  all.forEach((other, i) => {
    if (i !== index && other.level === level)
      nearestM = Math.min(nearestM, distanceM(other.position, position));
  });
  return Math.round(Math.min(most, Math.max(least, nearestM / 2)));
}
