/** Which roads a track was driven on. */
import { distanceM, type LngLat } from '../geo.ts';
import { edgeSlice, type RoadGraph } from '../graph.ts';
import { cm, DriverGraph } from './darts.ts';
import { type Column, Lattice, type LatticeState, offRoad } from './lattice.ts';
import { defaultModel, type MatchModel, type TrackFix } from './model.ts';

/** A part of an edge, driven from one fraction of its length to another (down: against the edge's direction). */
export interface DrivenPiece {
  edge: number;
  first: number;
  second: number;
}

/** Where a fix lies on the road. */
export interface MatchedFix {
  /** Index in the track. */
  index: number;
  edge: number;
  fraction: number;
  /** Driven in the edge's own direction. */
  forward: boolean;
  position: LngLat;
  /** From the fix to `position`. */
  offM: number;
  /** Metres driven since the path's first fix. */
  drivenM: number;
  /** 0 to 1: how much likelier than all other places together this one was when the fix came. */
  confidence: number;
}

/** An unbroken drive. */
export interface MatchedPath {
  /** In order of time. Fixes that said nothing new (nearer than the model's spacing) are left out. */
  fixes: MatchedFix[];
  pieces: DrivenPiece[];
  lengthM: number;
}

/** A track's drives; between them it was off the road, silent for long, or nobody can have driven what it says. */
export interface TrackMatch {
  paths: MatchedPath[];
  /** Indices of fixes that belong to no road. */
  offRoad: number[];
}

/** Matches tracks on one graph. Its work arrays make it a thing of one thread. */
export class TrackMatcher {
  readonly graph: RoadGraph;
  private readonly model: MatchModel;
  private readonly driver: DriverGraph;
  private readonly lattice: Lattice;

  constructor(graph: RoadGraph, model: MatchModel = defaultModel) {
    this.graph = graph;
    this.driver = new DriverGraph(graph, model);
    this.model = model;
    this.lattice = new Lattice(this.driver, model);
  }

  /** The most likely drives of a track whose fixes are in order of time. */
  match(track: readonly TrackFix[]): TrackMatch {
    const result: TrackMatch = { paths: [], offRoad: [] };
    let columns: Column[] = [];
    let indices: number[] = [];
    const finish = (): void => this.assemble(columns, indices, result);
    for (const [index, fix] of track.entries()) {
      const last = columns.at(-1);
      if (last && distanceM([last.fix.lng, last.fix.lat], [fix.lng, fix.lat]) < this.model.spacingM) continue;
      const next = last && this.lattice.next(last, fix);
      if (!next) {
        finish();
        columns = [];
        indices = [];
      }
      columns.push(next ?? this.lattice.begin(fix));
      indices.push(index);
    }
    finish();
    return result;
  }

  /** Walks back from the best last state and cuts the walk where it was off the road. */
  private assemble(columns: readonly Column[], indices: readonly number[], result: TrackMatch): void {
    if (columns.length === 0) return;
    const chosen: LatticeState[] = [];
    let at = bestOf(columns.at(-1)!);
    for (let i = columns.length - 1; i >= 0; i--) {
      const state = columns[i]!.states[at]!;
      chosen.push(state);
      at = state.previous;
    }
    chosen.reverse();
    let path: PathBuilder | undefined;
    chosen.forEach((state, i) => {
      const index = indices[i]!;
      if (state.dart === offRoad) {
        result.offRoad.push(index);
        path = undefined;
        return;
      }
      if (path) path.drive(state);
      else {
        path = new PathBuilder(this.driver, state);
        result.paths.push(path.path);
      }
      path.arrive(state, index, confidenceOf(columns[i]!, state));
    });
  }
}

function bestOf({ states }: Column): number {
  return states.reduce((best, { cost }, i) => (cost < states[best]!.cost ? i : best), 0);
}

/** Metres of detour that make a place e times less likely. */
const metresPerNat = 40;

function confidenceOf({ states }: Column, chosen: LatticeState): number {
  const weight = ({ cost }: LatticeState): number => Math.exp((chosen.cost - cost) / (metresPerNat * cm));
  return (
    1 /
    states.reduce(
      (sum, state) => sum + (state.dart >> 1 === chosen.dart >> 1 && state !== chosen ? 0 : weight(state)),
      0,
    )
  );
}

class PathBuilder {
  readonly path: MatchedPath = { fixes: [], pieces: [], lengthM: 0 };
  private readonly driver: DriverGraph;
  private dart: number;
  private fraction: number;

  constructor(driver: DriverGraph, start: LatticeState) {
    this.driver = driver;
    this.dart = start.dart;
    this.fraction = start.fraction;
  }

  /** Drives from where the path ends to a state. */
  drive({ dart, fraction, arcs }: LatticeState): void {
    if (arcs.length === 0) {
      // A little way back along the dart is noise: the car waits where it is.
      if (dart === this.dart && fraction < this.fraction === (dart % 2 === 0)) return;
      this.along(dart >> 1, this.fraction, fraction);
    } else {
      this.along(this.dart >> 1, this.fraction, endOf(this.dart));
      for (const arc of arcs.slice(0, -1)) {
        const whole = this.driver.dartOfArc[arc]!;
        this.along(whole >> 1, 1 - endOf(whole), endOf(whole));
      }
      this.along(dart >> 1, 1 - endOf(dart), fraction);
    }
    this.dart = dart;
    this.fraction = fraction;
  }

  arrive({ dart, fraction, offM }: LatticeState, index: number, confidence: number): void {
    const edge = dart >> 1;
    this.path.fixes.push({
      index,
      edge,
      fraction,
      forward: dart % 2 === 0,
      position: edgeSlice(this.driver.graph, edge, fraction, fraction)[0]!,
      offM,
      drivenM: this.path.lengthM,
      confidence,
    });
  }

  /** Adds a piece, joined to the last one where that goes on in the same direction. */
  private along(edge: number, first: number, second: number): void {
    if (first === second) return;
    const { pieces } = this.path;
    const last = pieces.at(-1);
    this.path.lengthM += Math.abs(second - first) * this.driver.graph.edgeLengthM[edge]!;
    const onwards =
      last?.edge === edge && last.second === first && second > first === last.second > last.first;
    if (onwards) last.second = second;
    else pieces.push({ edge, first, second });
  }
}

/** The fraction at which a dart ends. */
const endOf = (dart: number): number => (dart % 2 === 0 ? 1 : 0);
