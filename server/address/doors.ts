/** House numbers: what a text says of one, and where along a road it is. */
import { distanceM, pointBetween } from '#road/geo.ts';
import type { Door, LngLat } from './gazetteer.ts';
import type { Unit } from './units.ts';

/** What a text says beyond the name: house, building, stair, flat. */
export interface DoorText {
  /** Number of the house on its road or in its village. */
  house: number | null;
  /** Number of the building within a compound. */
  building: number | null;
  /** Units of the text that all this takes up. */
  units: number[];
}

/** Words behind a number, by what they make of it. */
const houseWords = new Set(['号', 'hao', '#']);
const buildingWords = new Set(['栋', '幢', '座']);
const innerWords = new Set(['室', '层', '楼', '组', '队', '户', '单', '房']);

/** Numbers and the words that go with them. `12号3栋502` is house 12, building 3. */
export function doorOf(units: readonly Unit[]): DoorText {
  const found: DoorText = { house: null, building: null, units: [] };
  let bare: number | null = null;
  units.forEach(({ kind, text }, i) => {
    if (kind !== 'number') return;
    const next = units[i + 1]?.text ?? '';
    const storeys = next === '号' && units[i + 2]?.text === '楼';
    const isBuilding = buildingWords.has(next) || storeys;
    const words =
      storeys || next === '单' ? 2 : isBuilding || houseWords.has(next) || innerWords.has(next) ? 1 : 0;
    for (let taken = i; taken <= Math.min(i + words, units.length - 1); taken++) found.units.push(taken);
    if (isBuilding) found.building ??= Number(text);
    else if (houseWords.has(next)) found.house ??= Number(text);
    // What follows a building without a word is a flat.
    else if (!innerWords.has(next) && found.building === null) bare ??= Number(text);
  });
  return { ...found, house: found.house ?? bare };
}

/** `5栋` is a building of a compound, `12号` a house of a road. */
const isBuildingDoor = (written: string): boolean => /[栋幢座]|号楼/.test(written);

/** The first number on a door: `12-3` and `12号附1号` are house 12. */
const doorNumber = (written: string): number | null => {
  const found = /\d+/.exec(written);
  return found ? Number(found[0]) : null;
};

export interface DoorPlace {
  position: LngLat;
  radiusM: number;
  /** `known`: somebody mapped this very number. */
  how: 'known' | 'between' | 'beyond';
}

export interface DoorOrder {
  /** Numbers of buildings in a compound, not of houses. */
  building: boolean;
  /** Along a road numbers follow the ground; in a village they go round about. */
  inRow: boolean;
}

/** A mapped door is a house. */
const houseRadiusM = 30;
/** How far a village's number may be from where its neighbours are. */
const aboutM = 60;
/** From one number to the next a road seldom goes farther than this. */
const metresPerNumber = 8;
/** Farther beyond the last known number nobody can say. */
const mostBeyond = 40;

/**
 * Where a number is, from the known ones of the same road, village or compound: itself, or between its neighbours by
 * the share of the way in numbers. Numbers of the same side (odd, even) say more than those across. Null when the known
 * ones tell nothing of it.
 */
export function placeDoor(
  number: number,
  doors: readonly Door[],
  { building, inRow }: DoorOrder,
): DoorPlace | null {
  const known = doors.flatMap(([written, lng, lat]) => {
    if (isBuildingDoor(written) !== building) return [];
    const value = doorNumber(written);
    return value === null ? [] : [{ value, at: [lng, lat] as LngLat }];
  });
  const same = known.filter(({ value }) => value === number).map(({ at }) => at);
  if (same.length > 0) return exactly(same);
  const side = known.filter(({ value }) => (value - number) % 2 === 0);
  return (
    (inRow && between(number, side, inRow)) || between(number, known, inRow) || beyond(number, known, inRow)
  );
}

function exactly(all: readonly LngLat[]): DoorPlace {
  const position = all[0]!;
  // One number twice: the road may be numbered from the middle, or the name be had by two roads.
  const spreadM = Math.max(...all.map(at => distanceM(at, position)));
  return { position, radiusM: Math.round(houseRadiusM + spreadM), how: 'known' };
}

interface KnownDoor {
  value: number;
  at: LngLat;
}

function nearestDoor(number: number, doors: readonly KnownDoor[]): KnownDoor | undefined {
  return doors.reduce<KnownDoor | undefined>(
    (best, each) => (!best || Math.abs(each.value - number) < Math.abs(best.value - number) ? each : best),
    undefined,
  );
}

function between(number: number, known: readonly KnownDoor[], inRow: boolean): DoorPlace | null {
  const below = nearestDoor(
    number,
    known.filter(({ value }) => value < number),
  );
  const above = nearestDoor(
    number,
    known.filter(({ value }) => value > number),
  );
  if (!below || !above) return null;
  const share = (number - below.value) / (above.value - below.value);
  const gapM = distanceM(below.at, above.at);
  const position = pointBetween(below.at, above.at, share);
  return { position, radiusM: Math.round(houseRadiusM + (inRow ? gapM / 2 : aboutM + gapM)), how: 'between' };
}

function beyond(number: number, known: readonly KnownDoor[], inRow: boolean): DoorPlace | null {
  const last = nearestDoor(number, known);
  const off = last ? Math.abs(last.value - number) : Infinity;
  if (!last || off > mostBeyond) return null;
  const radiusM = Math.round(houseRadiusM + (inRow ? 0 : aboutM) + off * metresPerNumber);
  return { position: last.at, radiusM, how: 'beyond' };
}
