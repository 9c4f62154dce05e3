/** The Viterbi lattice: for each fix the places where it may have been, each with the cheapest way of getting there. */
import { angleBetween, distanceM } from '../geo.ts';
import { unreached } from '../graph.ts';
import { type EdgePoint, edgesAround } from './candidates.ts';
import { cm, type DriverGraph } from './darts.ts';
import type { MatchModel, TrackFix } from './model.ts';
import { WaySearch } from './ways.ts';

/** In `LatticeState.dart`: off the network. */
export const offRoad = -1;

/** A fix at a point of a dart (or off the road), and how one got there. */
export interface LatticeState {
  dart: number;
  /** Along the edge's own direction, 0 to 1. */
  fraction: number;
  offM: number;
  /** Everything since the beginning of the lattice, cm, less what all states of the column have in common. */
  cost: number;
  /** Index in the column before; −1 in the first one. */
  previous: number;
  /** Arcs driven since the state before from the end of its dart to this dart, itself included; empty: on along the same dart. */
  arcs: readonly number[];
}

/** All states of one fix. */
export interface Column {
  fix: TrackFix;
  states: LatticeState[];
}

/** States that are so much worse than the best one are given up, metres of detour. */
const beamM = 2500;

/** This far back along a dart is noise, not a car in reverse. */
const backwardM = 40;

export class Lattice {
  private readonly driver: DriverGraph;
  private readonly model: MatchModel;
  private readonly search: WaySearch;

  constructor(driver: DriverGraph, model: MatchModel) {
    this.driver = driver;
    this.model = model;
    this.search = new WaySearch(driver, model);
  }

  /** The first column of a path. */
  begin(fix: TrackFix): Column {
    const states = this.statesAt(fix, 1).map(state => ({ ...state, previous: -1 }));
    return { fix, states };
  }

  /** The next column, or undefined where nobody can have driven from the one to the other. */
  next(column: Column, fix: TrackFix): Column | undefined {
    const { model } = this;
    const straightM = distanceM([column.fix.lng, column.fix.lat], [fix.lng, fix.lat]);
    const gapS = Math.max(0, fix.observedAtMs - column.fix.observedAtMs) / 1000;
    if (gapS > model.maxGapS && straightM > model.maxGapM) return undefined;
    if (straightM > model.maxSpeedMps * Math.max(1, gapS) + 2 * model.farReachM) return undefined;

    const apartM = Math.min(straightM, model.independentM);
    const states = this.statesAt(fix, Math.max(1, apartM / model.spacingM) ** model.sparseness);
    const cheapest = column.states.reduce((least, { cost }) => Math.min(least, cost), unreached);
    const reachM = Math.min(
      model.detourFactor * straightM + model.detourM,
      model.maxSpeedMps * Math.max(1, gapS) + 2 * model.farReachM,
    );
    this.searchWays(column, states, cheapest + reachM * cm);
    for (const state of states) this.connect(column, state, straightM);
    return settled(fix, states);
  }

  /** The states of a fix with the cost of the fix alone. `weight`: how much more it counts than in a dense track. */
  private statesAt(fix: TrackFix, weight: number): LatticeState[] {
    const { model, driver } = this;
    const blurM = Math.max(0, (fix.accuracyM ?? 0) - 20);
    const around = (reachM: number): EdgePoint[] =>
      edgesAround(driver.graph, [fix.lng, fix.lat], reachM, model.candidates);
    let points = around(model.reachM + blurM);
    if (points.length === 0) points = around(model.farReachM + blurM);
    const trust = weight / (1 + blurM / 10) ** 2;
    const states: LatticeState[] = [];
    for (const { edge, fraction, offM, bearingDeg } of points) {
      for (const dart of [edge * 2, edge * 2 + 1]) {
        if (!driver.exists(dart)) continue;
        const cost = Math.round((this.offCostM(offM) * trust + this.courseCostM(fix, dart, bearingDeg)) * cm);
        states.push({ dart, fraction, offM, cost, previous: -1, arcs: [] });
      }
    }
    const cost = Math.round(model.offRoadM * trust * cm);
    states.push({ dart: offRoad, fraction: 0, offM: 0, cost, previous: -1, arcs: [] });
    return states;
  }

  private offCostM(offM: number): number {
    const { perSquare, tailM } = this.model;
    return offM <= tailM ? perSquare * offM * offM : perSquare * tailM * (2 * offM - tailM);
  }

  private courseCostM({ courseDeg, speedMps }: TrackFix, dart: number, bearingDeg: number): number {
    if (typeof courseDeg !== 'number' || !((speedMps ?? 0) >= this.model.courseFromMps)) return 0;
    const ahead = dart % 2 === 0 ? bearingDeg : bearingDeg + 180;
    return this.model.courseM * (1 - Math.cos((angleBetween(courseDeg, ahead) * Math.PI) / 180));
  }

  private starts: number[] = [];

  private searchWays(column: Column, states: readonly LatticeState[], limit: number): void {
    this.starts = [];
    const starts = [];
    for (const [i, { dart, fraction, cost }] of column.states.entries()) {
      if (dart === offRoad) continue;
      this.starts.push(i);
      starts.push({ dart, cost: cost + this.alongCost(dart, dart % 2 === 0 ? 1 - fraction : fraction) });
    }
    const targets = states.flatMap(({ dart }) => (dart === offRoad ? [] : [dart]));
    this.search.run(starts, targets, limit);
  }

  private alongCost(dart: number, share: number): number {
    return Math.round(this.driver.edgeCost[dart >> 1]! * share);
  }

  /** Adds to a state the cheapest way of getting there. */
  private connect(column: Column, state: LatticeState, straightM: number): void {
    const own = state.cost;
    const { dart, fraction } = state;
    let best = unreached;
    const offer = (cost: number, previous: number): void => {
      if (cost >= best) return;
      best = cost;
      state.previous = previous;
    };
    if (dart !== offRoad) {
      const through = this.search.costThrough(dart);
      const byWay =
        through >= unreached
          ? unreached
          : through - this.alongCost(dart, dart % 2 === 0 ? 1 - fraction : fraction);
      if (byWay < best) {
        const way = this.search.wayTo(dart);
        offer(byWay, this.starts[way.start]!);
        state.arcs = way.arcs;
      }
    }
    const viaWay = best;
    column.states.forEach((before, i) => offer(before.cost + this.shortcutCost(before, state, straightM), i));
    if (best < viaWay) state.arcs = [];
    state.cost = best >= unreached ? unreached : best + own;
  }

  /** From one state to another without a way over a junction: along the same edge, or off the road. */
  private shortcutCost(before: LatticeState, state: LatticeState, straightM: number): number {
    const { crossingM, uTurnM } = this.model;
    if (before.dart === offRoad || state.dart === offRoad) {
      return Math.round((straightM + (before.dart === state.dart ? 0 : crossingM)) * cm);
    }
    if (before.dart >> 1 !== state.dart >> 1) return unreached;
    const edge = state.dart >> 1;
    const along = this.alongCost(state.dart, Math.abs(state.fraction - before.fraction));
    if (before.dart !== state.dart) return along + Math.round(uTurnM * cm);
    const onwards =
      state.dart % 2 === 0 ? state.fraction >= before.fraction : state.fraction <= before.fraction;
    if (onwards) return along;
    const backM = Math.abs(state.fraction - before.fraction) * this.driver.graph.edgeLengthM[edge]!;
    return backM <= backwardM ? along * 2 : unreached;
  }
}

/** The column of those states that are worth keeping, their costs counted from the best one; undefined: there are none. */
function settled(fix: TrackFix, states: LatticeState[]): Column | undefined {
  const cheapest = states.reduce((least, { cost }) => Math.min(least, cost), unreached);
  if (cheapest >= unreached) return undefined;
  const kept = states.filter(({ cost }) => cost <= cheapest + beamM * cm);
  for (const state of kept) state.cost -= cheapest;
  return { fix, states: kept };
}
