/**
 * Fixes of one unit in order of time, as columns of whole numbers: what a chunk stores, what replay draws, and what
 * tells whether two fixes are the same one. −1 stands for what the device did not say.
 */
import type { Crs } from '#contract/common.ts';

/** A device and the coordinate system in which it spoke; by it the pair as sent can be computed again. */
export interface TrackSource {
  deviceId: string;
  crs: Crs;
}

/** All columns have `length` values. */
export interface Track {
  length: number;
  sources: readonly TrackSource[];
  /** Index into `sources`. */
  source: Float64Array;
  /** When the device was there, and when the centre knew; ms since 1970. */
  observedAtMs: Float64Array;
  receivedAtMs: Float64Array;
  /** WGS-84, degrees × 10⁷: 1.1 cm. */
  lngE7: Float64Array;
  latE7: Float64Array;
  /** cm/s */
  speedCmps: Float64Array;
  /** Tenths of a degree, 0…3600. */
  courseDdeg: Float64Array;
  /** Tenths of a metre. */
  accuracyDm: Float64Array;
  batteryPct: Float64Array;
  /** 1: it was ahead of the clock when it came, and never 'latest'. */
  future: Float64Array;
}

const measureScale = { speedCmps: 100, courseDdeg: 10, accuracyDm: 10, batteryPct: 1 } as const;
/** What a source says of a fix beside where and when. */
export const measureColumns = ['speedCmps', 'courseDdeg', 'accuracyDm', 'batteryPct'] as const;
export const columnNames = [
  'source',
  'observedAtMs',
  'receivedAtMs',
  'lngE7',
  'latE7',
  ...measureColumns,
  'future',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** One fix of a track in the units of the interface. */
export interface TrackFix {
  deviceId: string;
  crs: Crs;
  observedAtMs: number;
  receivedAtMs: number;
  lng: number;
  lat: number;
  speedMps: number | null;
  courseDeg: number | null;
  accuracyM: number | null;
  batteryPct: number | null;
  future: boolean;
}

/** Columns of `length` zeros, to be filled. */
export function blankTrack(length: number, sources: readonly TrackSource[]): Track {
  const columns = Object.fromEntries(columnNames.map(name => [name, new Float64Array(length)]));
  return { length, sources, ...(columns as Record<ColumnName, Float64Array>) };
}

/** Writes a fix of source number `source` to place `at`, rounded to what a track keeps. */
export function putFix(
  track: Track,
  at: number,
  source: number,
  fix: Omit<TrackFix, keyof TrackSource>,
): void {
  track.source[at] = source;
  track.observedAtMs[at] = Math.round(fix.observedAtMs);
  track.receivedAtMs[at] = Math.round(fix.receivedAtMs);
  track.lngE7[at] = whole(fix.lng * 1e7);
  track.latE7[at] = whole(fix.lat * 1e7);
  track.speedCmps[at] = measure(fix.speedMps, measureScale.speedCmps);
  track.courseDdeg[at] = measure(fix.courseDeg, measureScale.courseDdeg);
  track.accuracyDm[at] = measure(fix.accuracyM, measureScale.accuracyDm);
  track.batteryPct[at] = measure(fix.batteryPct, measureScale.batteryPct);
  track.future[at] = fix.future ? 1 : 0;
}

/** The fix at `index`. */
export function fixAt(track: Track, index: number): TrackFix {
  const said = (name: keyof typeof measureScale): number | null => {
    const value = track[name][index]!;
    return value < 0 ? null : value / measureScale[name];
  };
  return {
    ...track.sources[track.source[index]!]!,
    observedAtMs: track.observedAtMs[index]!,
    receivedAtMs: track.receivedAtMs[index]!,
    lng: track.lngE7[index]! / 1e7,
    lat: track.latE7[index]! / 1e7,
    speedMps: said('speedCmps'),
    courseDeg: said('courseDdeg'),
    accuracyM: said('accuracyDm'),
    batteryPct: said('batteryPct'),
    future: track.future[index] === 1,
  };
}

/** A track in order, each fix once, of fixes in any order. */
export function trackOf(fixes: readonly TrackFix[]): Track {
  const { sources, numberOf } = numbering();
  const track = blankTrack(fixes.length, sources);
  fixes.forEach((fix, at) => putFix(track, at, numberOf(fix), fix));
  return inOrder(track);
}

/** The fixes of several tracks of one unit as one track in order, each fix once. */
export function mergeTracks(tracks: readonly Track[]): Track {
  if (tracks.length === 1) return inOrder(tracks[0]!);
  const length = tracks.reduce((sum, track) => sum + track.length, 0);
  const { sources, numberOf } = numbering();
  const all = blankTrack(length, sources);
  let at = 0;
  for (const track of tracks) {
    const numbers = track.sources.map(numberOf);
    for (const name of columnNames) all[name].set(track[name], at);
    for (let index = 0; index < track.length; index++)
      all.source[at + index] = numbers[track.source[index]!]!;
    at += track.length;
  }
  return inOrder(all);
}

/** Sources as they are met, each once, and what gives a source its number among them. */
function numbering(): { sources: TrackSource[]; numberOf: (source: TrackSource) => number } {
  const sources: TrackSource[] = [];
  const known = new Map<string, number>();
  const numberOf = (source: TrackSource): number => {
    const name = nameOf(source);
    // A fix is a source and more.
    if (!known.has(name)) known.set(name, sources.push({ deviceId: source.deviceId, crs: source.crs }) - 1);
    return known.get(name)!;
  };
  return { sources, numberOf };
}

/** The fixes for which `keep` holds. */
export function filterTrack(track: Track, keep: (index: number) => boolean): Track {
  const kept: number[] = [];
  for (let index = 0; index < track.length; index++) if (keep(index)) kept.push(index);
  return kept.length === track.length ? track : pick(track, kept);
}

/** The fixes observed from `fromMs` up to, not including, `toMs`. Their columns are the same memory. */
export function between(track: Track, fromMs: number, toMs: number): Track {
  const first = firstFrom(track.observedAtMs, fromMs);
  const end = firstFrom(track.observedAtMs, toMs);
  if (first === 0 && end === track.length) return track;
  const columns = columnNames.map(name => [name, track[name].subarray(first, Math.max(first, end))]);
  return {
    length: Math.max(0, end - first),
    sources: track.sources,
    ...(Object.fromEntries(columns) as Record<ColumnName, Float64Array>),
  };
}

/** How many of the ascending `values` lie below `bound`. */
function firstFrom(values: Float64Array, bound: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A text that two fixes of one unit share exactly when they are the same fix: all but when we came to know it. */
export function identityAt(track: Track, index: number): string {
  const numbers = orderColumns.map(name => track[name][index]!);
  return `${numbers.join(' ')} ${nameOf(track.sources[track.source[index]!]!)}`;
}

const orderColumns = ['observedAtMs', 'lngE7', 'latE7', ...measureColumns] as const;

/**
 * Sorts by content, so that the same fixes are the same track whatever way they came, and keeps of equal fixes the one
 * that we knew first.
 */
function inOrder(track: Track): Track {
  if (isAscending(track.observedAtMs)) return withSourcesInOrder(track);
  const order = Array.from({ length: track.length }, (_, index) => index).sort(
    (a, b) =>
      compareContent(track, a, b) ||
      track.receivedAtMs[a]! - track.receivedAtMs[b]! ||
      track.future[a]! - track.future[b]!,
  );
  const once = order.filter((index, at) => at === 0 || compareContent(track, order[at - 1]!, index) !== 0);
  return withSourcesInOrder(pick(track, once));
}

/** Each above the one before: nearly every track, and then there is nothing to sort. */
function isAscending(values: Float64Array): boolean {
  for (let index = 1; index < values.length; index++) if (values[index - 1]! >= values[index]!) return false;
  return true;
}

/** Below, above or exactly 0 for fixes that differ at most in when they were received. */
function compareContent(track: Track, a: number, b: number): number {
  for (const name of orderColumns) {
    const difference = track[name][a]! - track[name][b]!;
    if (difference !== 0) return difference;
  }
  const [first, second] = [track.sources[track.source[a]!]!, track.sources[track.source[b]!]!];
  return first === second ? 0 : compareText(nameOf(first), nameOf(second));
}

const nameOf = ({ crs, deviceId }: TrackSource): string => `${crs} ${deviceId}`;
const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Sources in the order of their first fix; those without a fix go. The same object when that is so already. */
function withSourcesInOrder(track: Track): Track {
  if (track.sources.length === 1 && track.length > 0) return track;
  const numberOf = new Map<number, number>();
  for (const number of track.source) if (!numberOf.has(number)) numberOf.set(number, numberOf.size);
  const sources = [...numberOf.keys()].map(number => track.sources[number]!);
  return { ...track, sources, source: track.source.map(number => numberOf.get(number)!) };
}

function pick(track: Track, indexes: readonly number[]): Track {
  const picked = blankTrack(indexes.length, track.sources);
  for (const name of columnNames)
    for (let at = 0; at < indexes.length; at++) picked[name][at] = track[name][indexes[at]!]!;
  return picked;
}

/** Never −0, which would be another fix for a comparison of bits. */
const whole = (value: number): number => Math.round(value) + 0;

/**
 * Rounded from single precision, in which rows keep a measure: what a row and its repetition of double precision say
 * would else round to different sides of a half, and be two fixes.
 */
function measure(value: number | null, scale: number): number {
  return value === null || Number.isNaN(value) ? -1 : whole(Math.fround(value) * scale);
}
