/**
 * How fast units drive: samples from matched tracks, and what they say of the speed of a class of road in an hour of
 * the day. Hours are those of Shanghai (UTC+8, no summer time); public holidays count as the weekday that they fall on.
 */
import { shanghaiMs } from '#domain/shanghai.ts';
import { distanceM } from './geo.ts';
import { edgeRoadClass, type RoadGraph } from './graph.ts';
import { type RoadClass, roadClasses } from './build.ts';
import type { MatchedPath } from './match/match.ts';
import type { TrackFix } from './match/model.ts';

export const dayKinds = ['weekday', 'weekend'] as const;
export type DayKind = (typeof dayKinds)[number];

const hourMs = 3_600_000;

/** The hour of the day in Shanghai, and the kind of day. */
export function hourOf(atMs: number): { dayKind: DayKind; hour: number } {
  const hours = Math.floor((atMs + shanghaiMs) / hourMs);
  // The first of January 1970 was a Thursday.
  const weekday = (Math.floor(hours / 24) + 4) % 7;
  return { dayKind: weekday === 0 || weekday === 6 ? 'weekend' : 'weekday', hour: hours % 24 };
}

/** One drive along some road of one class. */
export interface SpeedSample {
  roadClass: RoadClass;
  hour: number;
  /** Driven speed over the speed that the graph has for these roads. */
  ratio: number;
}

/** A sample is at least so long, and a long road gives one for each such length. */
const sampleM = 200;
const shortestM = 100;
/** Who stands this long, or is silent, has arrived; less is traffic and belongs to the speed. */
const standingS = 60;
const standingMps = 0.5;
const silentS = 120;
/** A drive that says something goes somewhere: patrols go round, searches creep. */
const driveM = 800;
const directness = 0.5;
const slowestMps = 10 / 3.6;

/**
 * The samples of one matched path. Only drives count that lead from one place to another: parts between two stops (a
 * minute without moving) of at least 800 m, whose ends lie at least half as far apart as was driven, at 10 km/h or more
 * altogether. So idling, patrolling round the block and searching along a road say nothing. Ferries are left out.
 */
export function speedSamples(graph: RoadGraph, track: readonly TrackFix[], path: MatchedPath): SpeedSample[] {
  const samples: SpeedSample[] = [];
  for (const drive of drivesOf(track, path)) {
    const first = drive[0]!;
    const last = drive.at(-1)!;
    const drivenM = last.drivenM - first.drivenM;
    const seconds = (last.atMs - first.atMs) / 1000;
    if (drivenM < driveM || drivenM < slowestMps * seconds) continue;
    if (distanceM(first.position, last.position) < directness * drivenM) continue;
    samples.push(...samplesOf(graph, path, drive));
  }
  return samples;
}

interface Waymark {
  atMs: number;
  drivenM: number;
  position: [number, number];
}

/** The path's fixes, cut where the unit stood or was silent. */
function drivesOf(track: readonly TrackFix[], path: MatchedPath): Waymark[][] {
  const drives: Waymark[][] = [];
  let drive: Waymark[] = [];
  for (const { index, drivenM, position } of path.fixes) {
    const mark = { atMs: track[index]!.observedAtMs, drivenM, position };
    const last = drive.at(-1);
    const seconds = last ? (mark.atMs - last.atMs) / 1000 : 0;
    const stood = last && seconds >= standingS && mark.drivenM - last.drivenM < standingMps * seconds;
    if (stood || seconds > silentS) {
      drives.push(drive);
      drive = [];
    }
    drive.push(mark);
  }
  return [...drives, drive].filter(marks => marks.length > 1);
}

/** Cuts a drive into stretches of one class and times each. */
function samplesOf(graph: RoadGraph, path: MatchedPath, drive: readonly Waymark[]): SpeedSample[] {
  const samples: SpeedSample[] = [];
  const timeAt = timeAlong(drive);
  const [startM, endM] = [drive[0]!.drivenM, drive.at(-1)!.drivenM];
  let stretch: { roadClass: RoadClass; fromM: number; toM: number; defaultS: number } | undefined;
  const close = (): void => {
    if (stretch && stretch.toM - stretch.fromM >= shortestM) {
      const seconds = (timeAt(stretch.toM) - timeAt(stretch.fromM)) / 1000;
      const { hour } = hourOf(timeAt((stretch.fromM + stretch.toM) / 2));
      if (seconds > 0)
        samples.push({ roadClass: stretch.roadClass, hour, ratio: stretch.defaultS / seconds });
    }
    stretch = undefined;
  };
  let drivenM = 0;
  for (const { edge, first, second } of path.pieces) {
    const fromM = Math.max(startM, drivenM);
    drivenM += Math.abs(second - first) * graph.edgeLengthM[edge]!;
    const toM = Math.min(endM, drivenM);
    const roadClass = edgeRoadClass(graph, edge);
    if (toM <= fromM || roadClass === 'ferry') continue;
    if (stretch && (stretch.roadClass !== roadClass || stretch.toM - stretch.fromM >= sampleM)) close();
    stretch ??= { roadClass, fromM, toM: fromM, defaultS: 0 };
    stretch.toM = toM;
    stretch.defaultS += (toM - fromM) / (graph.edgeSpeedKmh[edge]! / 3.6);
  }
  close();
  return samples;
}

/** When the drive was how far along its path, evenly between its marks. */
function timeAlong(drive: readonly Waymark[]): (atM: number) => number {
  return atM => {
    const after = drive.findIndex(mark => mark.drivenM >= atM);
    if (after <= 0) return drive[Math.max(0, after)]!.atMs;
    const [a, b] = [drive[after - 1]!, drive[after]!];
    const share = b.drivenM > a.drivenM ? (atM - a.drivenM) / (b.drivenM - a.drivenM) : 1;
    return a.atMs + share * (b.atMs - a.atMs);
  };
}

/** Ratios are counted in bins of 6 % from a tenth to four times the default. */
export const ratioBins = 64;
const leastRatio = 0.1;
const mostRatio = 4;
const binWidth = Math.log(mostRatio / leastRatio) / ratioBins;

/** The bin of a ratio; what lies outside is counted in the outermost bins. */
export function ratioBin(ratio: number): number {
  const bin = Math.floor(Math.log(ratio / leastRatio) / binWidth);
  return Math.max(0, Math.min(ratioBins - 1, bin));
}

/** The median of the counted ratios, to within half a bin; 1 where nothing was counted. */
export function medianRatio(bins: readonly number[]): number {
  const total = bins.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [bin, count] of bins.entries()) {
    if (count > 0 && below + count >= total / 2) {
      return leastRatio * Math.exp((bin + (total / 2 - below) / count) * binWidth);
    }
    below += count;
  }
  return 1;
}

/** What was counted on one class of road in one hour of one day. */
export interface SpeedCount {
  roadClass: RoadClass;
  dayKind: DayKind;
  hour: number;
  bins: readonly number[];
}

/** What the counts say of one class of road in one hour. */
export interface LearnedSpeed {
  roadClass: RoadClass;
  dayKind: DayKind;
  hour: number;
  samples: number;
  /** To multiply the graph's speeds with. */
  ratio: number;
}

/** So many samples weigh as much as what was believed before; those of one drive are not independent. */
const priorSamples = 40;
const [slowest, fastest] = [0.3, 1.6];

/**
 * One entry for each class (but ferries), kind of day and hour. A class's median over all hours is drawn towards the
 * default speed, an hour's median towards its class's, the more so the fewer samples there are.
 */
export function learnSpeeds(counts: readonly SpeedCount[]): LearnedSpeed[] {
  return roadClasses
    .filter(roadClass => roadClass !== 'ferry')
    .flatMap(roadClass => {
      const ofClass = counts.filter(count => count.roadClass === roadClass);
      const overall = drawn(ofClass, 1).ratio;
      return dayKinds.flatMap(dayKind =>
        Array.from({ length: 24 }, (_, hour) => {
          const ofHour = ofClass.filter(count => count.dayKind === dayKind && count.hour === hour);
          return { roadClass, dayKind, hour, ...drawn(ofHour, overall) };
        }),
      );
    });
}

function drawn(counts: readonly SpeedCount[], towards: number): { samples: number; ratio: number } {
  const bins = Array.from({ length: ratioBins }, (_, bin) =>
    counts.reduce((sum, count) => sum + (count.bins[bin] ?? 0), 0),
  );
  const samples = bins.reduce((sum, count) => sum + count, 0);
  const share = samples / (samples + priorSamples);
  const ratio = Math.exp(share * Math.log(medianRatio(bins)) + (1 - share) * Math.log(towards));
  return { samples, ratio: Math.min(fastest, Math.max(slowest, samples === 0 ? towards : ratio)) };
}

/** The graph with its speeds multiplied: `ratio` by index of the class. Everything but times is shared. */
export function withSpeeds(graph: RoadGraph, ratio: readonly number[]): RoadGraph {
  const { arcEdge, edgeClass } = graph;
  const arcDs = graph.arcDs.map((ds, arc) =>
    Math.max(1, Math.round(ds / (ratio[edgeClass[arcEdge[arc]!]!] ?? 1))),
  );
  return { ...graph, arcDs };
}

/** The speed at which the graph drives all roads of a class on average, km/h; null: there are none. */
export function defaultSpeedKmh(graph: RoadGraph, roadClass: RoadClass): number | null {
  const wanted = roadClasses.indexOf(roadClass);
  let metres = 0;
  let hours = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.edgeClass[edge] !== wanted) continue;
    metres += graph.edgeLengthM[edge]!;
    hours += graph.edgeLengthM[edge]! / 1000 / graph.edgeSpeedKmh[edge]!;
  }
  return hours > 0 ? metres / 1000 / hours : null;
}
