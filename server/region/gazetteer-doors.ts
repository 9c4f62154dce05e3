/** House numbers to what they are counted along: those that are mapped, and those in the addresses of known places. */
import { distanceM } from '#road/geo.ts';
import { lineDistanceM } from '../address/geometry.ts';
import type { Door, GazetteerEntry } from '../address/gazetteer.ts';
import type { HouseSeed, LngLat, PlaceSeed } from './source.ts';

/** A house stands no farther from its road than this. */
const roadReachM = 250;
const numbered: ReadonlySet<string> = new Set(['road', 'village', 'hamlet', 'community', 'place']);

/** The entries with the doors that belong to them. */
export function doorsOf(
  entries: readonly GazetteerEntry[],
  houses: readonly HouseSeed[],
  places: readonly PlaceSeed[],
): GazetteerEntry[] {
  const byName = new Map<string, number[]>();
  entries.forEach(({ name, level }, i) => {
    if (numbered.has(level)) byName.set(name, [...(byName.get(name) ?? []), i]);
  });
  const doors = new Map<number, Door[]>();
  for (const { road, number, position } of [...houses, ...places.flatMap(houseOfPlace)]) {
    const index = nearestOf(calledAs(road, byName), entries, position);
    if (index === null) continue;
    const list = doors.get(index) ?? [];
    doors.set(index, list);
    list.push([number, round(position[0]), round(position[1])]);
  }
  return entries.map((entry, i) =>
    doors.has(i) ? { ...entry, doors: [...(entry.doors ?? []), ...doors.get(i)!] } : entry,
  );
}

/** 茶口镇翠屏路 is 翠屏路: what stands before the name is left off sign by sign. */
function calledAs(road: string, byName: ReadonlyMap<string, number[]>): readonly number[] {
  for (let from = 0; from <= road.length - 2; from++) {
    const found = byName.get(road.slice(from).trim());
    if (found) return found;
  }
  return [];
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** `云溪县 鹿鸣镇 翠屏路 23号` and `Carrer Major 12` tell a number of a road. */
function houseOfPlace({ address, position }: PlaceSeed): HouseSeed[] {
  const house = address === undefined ? null : houseIn(address);
  return house ? [{ ...house, position }] : [];
}

/** The road and the number that an address ends with, or null. */
export function houseIn(address: string): { road: string; number: string } | null {
  const chinese = /([^\s,，]*[^\s,，\d])\s*(\d+(?:-\d+)?(?:号(?:附\d+号)?|[栋幢座]))/u.exec(address);
  const latin = chinese ? null : /^([^,\d]+?)\s*,?\s*(\d+\s?[a-z]?)(?:,|$)/iu.exec(address);
  const found = chinese ?? latin;
  return found ? { road: found[1]!.trim(), number: found[2]!.trim() } : null;
}

/** Which of several roads of one name a house stands on: the one that passes it. */
function nearestOf(
  candidates: readonly number[],
  entries: readonly GazetteerEntry[],
  at: LngLat,
): number | null {
  let best: number | null = null;
  let bestM = Infinity;
  for (const index of candidates) {
    const { lines, position, radiusM } = entries[index]!;
    const reach = lines ? roadReachM : radiusM * 1.5 + roadReachM;
    const apartM = lines ? lineDistanceM(lines, at, roadReachM) : distanceM(position, at);
    if (apartM <= reach && apartM < bestM) [best, bestM] = [index, apartM];
  }
  return best;
}
