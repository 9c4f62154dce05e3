/** From names found in a text to readings of it: which entry is meant, borne out by which others. */
import { addressLevels } from '#contract/address.ts';
import { distanceM } from '#road/geo.ts';
import { doorOf, type DoorPlace, type DoorText, placeDoor } from './doors.ts';
import type { GazetteerEntry, LngLat } from './gazetteer.ts';
import { lineDistanceM } from './geometry.ts';
import type { Match } from './match.ts';
import type { Unit } from './units.ts';

export interface Reading {
  target: Match;
  /** Names of larger or neighbouring things that bear it out, the largest first. */
  support: Match[];
  position: LngLat;
  radiusM: number;
  level: GazetteerEntry['level'];
  door: (DoorPlace & { written: string }) | null;
  /** Share of what the text tells that this reading accounts for, less what speaks against it. */
  score: number;
}

/** A place named with a road is near it. */
const besideM = 400;
const crossingM = 60;
/** What contradicts: another township, written clearly. */
const clearQuality = 0.85;
const contradiction = 0.12;
/** `beside`, `opposite` and `near` a place are not in it. */
const nearWords: [RegExp, number][] = [
  [/附近|周边|一带/, 250],
  [/旁|对面|隔壁|后面|前面|靠近/, 80],
];
/** Two roads in one text are a crossing when something says so. */
const crossingWords = /[与和及&/]|交叉|路口|交汇|转角|拐角|cantonada|corner|cruce/;
const rank = (level: GazetteerEntry['level']): number => addressLevels.indexOf(level);

/** All readings of a text, the best first. `text` in plain form, for words like 'opposite'. */
export function readingsOf(
  entries: readonly GazetteerEntry[],
  matches: readonly Match[],
  units: readonly Unit[],
  text: string,
): Reading[] {
  const total = units.reduce((sum, { weight }) => sum + weight, 0);
  const door = doorOf(units);
  const meeting: Meeting = crossingWords.test(text) ? meetings(entries) : () => null;
  const looseM = nearWords.find(([word]) => word.test(text))?.[1] ?? 0;
  return matches
    .map(target => {
      const entry = entries[target.entry]!;
      const { support, used } = supportOf(entries, target, matches, meeting);
      const told = [target, ...support].reduce((sum, { gain }) => sum + gain, 0);
      const doorTold = hasDoors(entry)
        ? door.units.filter(i => !used.has(i)).reduce((sum, i) => sum + units[i]!.weight, 0)
        : 0;
      const against = contradictions(entries, target, matches, used) * contradiction;
      const where = whereIs(entries, target, support, door, meeting);
      return {
        target,
        support: support.sort((a, b) => rank(a.level) - rank(b.level)),
        ...where,
        radiusM: where.radiusM + (where.level === 'house' ? 0 : looseM),
        // A number that is known there speaks for the road, beside the share that it is of the text.
        // A name that is half another's speaks against the whole reading.
        score:
          ((told + doorTold - against) / Math.max(total, 1e-9)) * (0.25 + 0.75 * target.quality) +
          (where.door ? 0.03 : 0),
      };
    })
    .sort((a, b) => b.score - a.score || a.radiusM - b.radiusM);
}

const hasDoors = ({ level }: GazetteerEntry): boolean => rank(level) >= rank('community');

/** What else in the text fits the target, without using any part of the text twice. */
function supportOf(
  entries: readonly GazetteerEntry[],
  target: Match,
  matches: readonly Match[],
  meeting: Meeting,
): { support: Match[]; used: Set<number> } {
  const used = new Set(target.units);
  const support: Match[] = [];
  for (const match of matches) {
    if (match === target || match.units.some(i => used.has(i))) continue;
    if (!bearsOut(entries, match, target, meeting)) continue;
    support.push(match);
    for (const i of match.units) used.add(i);
  }
  return { support, used };
}

/** An area that holds the target, the road that a place is on, or the road that crosses a road. */
function bearsOut(
  entries: readonly GazetteerEntry[],
  match: Match,
  target: Match,
  meeting: Meeting,
): boolean {
  const [entry, of] = [entries[match.entry]!, entries[target.entry]!];
  if (of.within.includes(match.entry)) return true;
  if (entry.level === 'road' && entry.lines) {
    if (of.level === 'road' && of.lines) return meeting(match.entry, target.entry) !== null;
    const spot = rank(of.level) >= rank('village') && of.radiusM < entry.radiusM;
    const nearM = besideM + of.radiusM;
    if (spot && distanceM(entry.position, of.position) <= entry.radiusM + nearM)
      return lineDistanceM(entry.lines, of.position, nearM) <= nearM;
  }
  return false;
}

function contradictions(
  entries: readonly GazetteerEntry[],
  target: Match,
  matches: readonly Match[],
  used: ReadonlySet<number>,
): number {
  const { within } = entries[target.entry]!;
  const taken = new Set(used);
  let against = 0;
  for (const match of matches) {
    const isArea = rank(match.level) <= rank('village');
    if (!isArea || match.quality < clearQuality || within.includes(match.entry)) continue;
    if (match.entry === target.entry || entries[match.entry]!.within.includes(target.entry)) continue;
    if (match.units.some(i => taken.has(i))) continue;
    for (const i of match.units) taken.add(i);
    against += match.gain;
  }
  return against;
}

type Where = Pick<Reading, 'position' | 'radiusM' | 'level' | 'door'>;

function whereIs(
  entries: readonly GazetteerEntry[],
  target: Match,
  support: readonly Match[],
  said: DoorText,
  meeting: Meeting,
): Where {
  const { level, position, radiusM } = entries[target.entry]!;
  const door = doorWithin(said, entries[target.entry]!);
  if (door && door.radiusM < radiusM)
    return { position: door.position, radiusM: door.radiusM, level: 'house', door };
  const other = level === 'road' ? support.find(each => each.level === 'road') : undefined;
  const crossing = other ? meeting(target.entry, other.entry) : null;
  if (crossing) return { position: crossing, radiusM: crossingM, level: 'place', door: null };
  return { position, radiusM, level, door: null };
}

/** The building of a compound, or the house of a road or village. */
function doorWithin({ house, building }: DoorText, { doors = [], lines }: GazetteerEntry): Reading['door'] {
  if (doors.length === 0) return null;
  const inside = building === null ? null : placeDoor(building, doors, { building: true, inRow: false });
  if (inside) return { ...inside, written: `${building}栋` };
  const place =
    house === null ? null : placeDoor(house, doors, { building: false, inRow: lines !== undefined });
  return place && { ...place, written: String(house) };
}

/** Where two roads, by their entries, meet; null when they do not. */
type Meeting = (a: number, b: number) => LngLat | null;

/** Each pair is looked at once: roads have many corners. */
function meetings(entries: readonly GazetteerEntry[]): Meeting {
  const known = new Map<string, LngLat | null>();
  return (a, b) => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const found = known.get(key) ?? null;
    if (found || known.has(key)) return found;
    const at = crossingOf(entries[a]!, entries[b]!);
    known.set(key, at);
    return at;
  };
}

/** Where two roads meet, or nearly so. */
function crossingOf(a: GazetteerEntry, b: GazetteerEntry): LngLat | null {
  if (distanceM(a.position, b.position) > a.radiusM + b.radiusM + crossingM) return null;
  let best: LngLat | null = null;
  let bestM = crossingM;
  for (const line of a.lines ?? [])
    for (const at of line) {
      const apartM = lineDistanceM(b.lines ?? [], at, bestM);
      if (apartM < bestM) [best, bestM] = [at, apartM];
    }
  return best;
}
