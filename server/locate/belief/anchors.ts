/** Families of trips that begin where a camera, a good fix, a card or a witness saw her: few trips from home pass just there just then. */
import type { CameraFact, FixFact, ReportFact, TransactionFact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import { departures, type Snap, snapTo } from '#road/access.ts';
import type { Seeds } from '#road/engine.ts';
import { angleBetween, bearingDeg } from '#road/geo.ts';
import { edgeSlice } from '#road/graph.ts';
import { timesToTargets, destinationWeights } from './destinations.ts';
import { normalOf, uniformOf } from './draws.ts';
import { eachPass } from './cameras.ts';
import { approachTo, Family, type Pace } from './family.ts';
import { type WatchedDart, watchedBy } from './gates.ts';
import {
  type Departure,
  makeHypotheses,
  systematicCounts,
  systematicWeights,
  type TripPlan,
} from './hypotheses.ts';
import type { Model } from './model.ts';
import type { KindShares } from './prior.ts';
import { RoadNoise, RouteTree } from './tree.ts';

export type AnchorFact = CameraFact | FixFact | TransactionFact | ReportFact;

/** Where trips may begin anew, and how likely it is that trips from home came there. */
export interface Anchor {
  fact: AnchorFact;
  snap: Snap;
  /** Of a camera, what it sees of the roads. */
  darts: readonly WatchedDart[];
  /** Trips from home that pass a second, at that moment, and the weight of each target among them. */
  passPerS: number;
  passing: Float64Array;
}

/** Fixes worse than this say too little of the road she is on. */
export const goodFixM = 150;
/** Share of trips that pass a camera although no quickest way leads there, and over how long that spreads. */
const detourShare = 0.06;
const detourS = 3600;
/** Trips are few: a pass counts as now within about so long. */
const aboutS = 90;

/** Null where no road is near. */
export function anchorAt(ground: Ground, base: Family, fact: AnchorFact): Anchor | null {
  if (!fact.position) return null;
  const snap = snapTo(ground.graph, fact.position);
  if (!snap) return null;
  const darts = watchedBy(ground, { position: snap.position, ...headingOf(fact) });
  const { target, prior } = base.hypotheses;
  const passing = new Float64Array(ground.targets.length);
  let passPerS = 0;
  eachPass(base, darts, (h, atS, spreadS) => {
    passing[target[h]!]! += prior[h]!;
    const widthS = aboutS + spreadS / 4;
    passPerS += (prior[h]! * Math.exp(-0.5 * ((fact.atS - atS) / widthS) ** 2)) / (widthS * 2.5066);
  });
  return { fact, snap, darts, passPerS: passPerS + detourShare / detourS, passing };
}

const headingOf = (fact: AnchorFact): { headingDeg?: number } =>
  fact.kind === 'camera' && fact.headingDeg !== undefined ? { headingDeg: fact.headingDeg } : {};

/** A camera hit: true ones against misread ones, before anything else is known. */
export const plausibilityOf = ({ passPerS }: Anchor, model: Model): number =>
  (model.cameraRecall * passPerS) / model.misreadPerS;

/** A fix: probability that she drives within its radius at that moment. */
export const drivesThere = ({ passPerS }: Anchor, radiusM: number): number =>
  Math.min(0.2, (passPerS * Math.max(60, 2 * radiusM)) / cruiseMps);
const cruiseMps = 11;

export interface AnchorOptions {
  seed: number;
  model: Model;
  shares: KindShares;
  footShare: number;
  /** Log weight against the trips from home. */
  offset: number;
  /** Of the fact. */
  key: string;
}

/** Trips that go on from the anchor; what came before is the way there from home. */
export function familyAt(ground: Ground, base: Family, anchor: Anchor, options: AnchorOptions): Family {
  const { model, seed, shares } = options;
  const { snap, fact, passing } = anchor;
  const seeds = seedsAt(ground, anchor);
  const trees = Array.from(
    { length: model.anchorTrees },
    (_, k) =>
      new RouteTree(
        ground.graph,
        snap,
        seeds,
        k === 0
          ? new RoadNoise(0, 0, 0)
          : new RoadNoise(uniformOf(seed, snap.edge, k) * 2 ** 32, model.roadSigma, model.classSigma),
      ),
  );
  const near = destinationWeights(ground, shares, timesToTargets(ground, trees[0]!), model);
  const weights = mixed(near, passing);
  const trips = model.anchorHypotheses;
  const counts = systematicCounts(weights, trips, uniformOf(seed, snap.edge, 77));
  const footShare = fact.kind === 'camera' ? 0 : options.footShare;
  const plan: TripPlan = {
    seed: uniformOf(seed, snap.edge, 78) * 2 ** 32,
    trees,
    destinations: weights,
    weights: systematicWeights(weights, counts, trips),
    counts,
    departure: departureFrom(fact),
    footShare,
    home: null,
  };
  const begin = { atS: fact.atS, of: options.key, paces: pacesOf(footShare, model) };
  const approach = approachTo(ground, base.trees, snap, begin);
  return new Family(ground, plan, makeHypotheses(ground, plan, model), { approach, offset: options.offset });
}

const paceCount = 5;

/** By car and on foot, evenly over the spread of each. */
function pacesOf(footShare: number, model: Model): Pace[] {
  const pace = (slowness: number, k: number): number =>
    slowness * Math.exp(model.speedSigma * normalOf((k + 0.5) / paceCount));
  return Array.from({ length: paceCount }, (_, k) => [
    { slowness: pace(model.slowness, k), share: (1 - footShare) / paceCount },
    { slowness: pace(model.footSlowness, k), share: footShare / paceCount },
  ]).flat();
}

/** Where she was seen driving she drives on; from a terminal or a witness she left some minutes later. */
function departureFrom(fact: AnchorFact): Departure {
  if (fact.kind === 'camera') return u => fact.atS + 10 * normalOf(u);
  if (fact.kind === 'fix') return u => fact.atS + 10 * (u - 0.5);
  return u => fact.atS - 120 - 400 * Math.log(1 - u * 0.9999);
}

/** Both ways, or the one that the camera saw her drive. */
function seedsAt({ graph }: Ground, { snap, fact }: Anchor): Seeds {
  const all = departures(graph, snap);
  if (fact.kind !== 'camera' || fact.headingDeg === undefined) return all;
  const [a, b] = edgeSlice(
    graph,
    snap.edge,
    Math.max(0, snap.fraction - 0.05),
    Math.min(1, snap.fraction + 0.05),
  );
  if (!a || !b) return all;
  const ahead = angleBetween(bearingDeg(a, b), fact.headingDeg) < 90;
  const goal = (ahead ? graph.edgeTo : graph.edgeFrom)[snap.edge]!;
  const own = all.filter(({ node }) => graph.nodeJunction[node] === goal);
  return own.length > 0 ? own : all;
}

/** Where those go who passed here, and some anywhere near. */
function mixed(near: Float64Array, passing: Float64Array): Float64Array {
  const weights = new Float64Array(near.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (near[i]! > 0) weights[i] = detourShare * near[i]! + passing[i]!;
    total += weights[i]!;
  }
  if (total > 0) for (let i = 0; i < weights.length; i++) weights[i]! /= total;
  return weights;
}
