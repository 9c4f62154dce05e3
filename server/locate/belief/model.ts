/** The constants of the belief. Where a value was measured, `docs/locate-model.md` has the figures. */
export interface Model {
  /** Ways that she may have taken from her home, and from where a camera or a good fix saw her. */
  trees: number;
  anchorTrees: number;
  /** Spread of the time that she believes a road, and a class of roads, to take: logarithms. */
  roadSigma: number;
  classSigma: number;
  /** Hypotheses from her home: about so many, at least `perTarget` and at most `perTargetMax` for each target. */
  hypotheses: number;
  perTarget: number;
  perTargetMax: number;
  /** Hypotheses from where a camera or a good fix saw her. */
  anchorHypotheses: number;
  /** Fewer trips of a family that count than this: they are drawn anew about those that do, so many. */
  refinedBelow: number;
  refinedTrips: number;
  /** She drives this much slower than the free flow of the road graph, with this spread (of the logarithm). */
  slowness: number;
  speedSigma: number;
  /** Doubt about a reported departure when the report names none. */
  departedDoubtS: number;
  /** Unreported: median time from leaving to the alert, and its spread (of the logarithm). */
  leftBeforeS: number;
  leftSigma: number;
  /** Share of trips with a stop on the way, and how long it lasts: uniform. */
  stopShare: number;
  stopFromS: number;
  stopToS: number;
  /** Share of trips that go home again, and the mean stay. */
  returnShare: number;
  stayS: number;
  /** Share that goes on foot or by bus when nobody says how she left; how much slower that is; its range. */
  footShare: number;
  footSlowness: number;
  footRangeS: number;
  /** Destinations get rarer with the drive: by a factor e for each of these. */
  decayS: number;
  elsewhereDecayS: number;
  /** Antennas: path loss exponent, beam width where none is given, front-to-back ratio, softness. */
  pathLoss: number;
  beamwidthDeg: number;
  backDb: number;
  softDb: number;
  /** Timing advance: spread, excess of the path over the straight line, share of wrong ones. */
  advanceSigmaM: number;
  advanceBiasM: number;
  advanceWrong: number;
  /** While she stands still: what another report of the same antenna adds, and the first one of another antenna. */
  repeatShare: number;
  otherShare: number;
  /** What a report adds while she drives. */
  drivingShare: number;
  /** Share of gross errors by kind: another phone, an old record, a wrong place. */
  cellWrong: number;
  fixWrong: number;
  transactionWrong: number;
  /** False camera hits a second, over all cameras that were asked; share of passing cars that are read. */
  misreadPerS: number;
  cameraRecall: number;
  /** Of cameras that saw nothing: they may be down without anyone knowing. */
  silenceRecall: number;
  /** A passing crew sees her parked car. */
  passPod: number;
  /** Share of trips that are not as modelled, and how much less their evidence counts. */
  oddShare: number;
  oddWrong: number;
  oddTrust: number;
  /** She is somewhere else altogether, before any fact; what a fact says about that, as a share of its prior probability. */
  restOfWorld: number;
  restFactor: number;
}

export const defaultModel: Model = {
  trees: 4,
  anchorTrees: 2,
  roadSigma: 0.25,
  classSigma: 0.1,
  hypotheses: 24_000,
  perTarget: 2,
  perTargetMax: 60,
  anchorHypotheses: 12_000,
  refinedBelow: 250,
  refinedTrips: 1200,
  slowness: 1.1,
  speedSigma: 0.3,
  departedDoubtS: 330,
  leftBeforeS: 1500,
  leftSigma: 0.7,
  stopShare: 0.15,
  stopFromS: 150,
  stopToS: 800,
  returnShare: 0.01,
  stayS: 2400,
  footShare: 0.04,
  footSlowness: 8,
  footRangeS: 1500,
  decayS: 720,
  elsewhereDecayS: 1150,
  pathLoss: 3.1,
  beamwidthDeg: 70,
  backDb: 20,
  softDb: 5,
  advanceSigmaM: 110,
  advanceBiasM: 40,
  advanceWrong: 0.08,
  repeatShare: 0.3,
  otherShare: 1,
  drivingShare: 0.8,
  cellWrong: 0.01,
  fixWrong: 0.02,
  transactionWrong: 0.05,
  misreadPerS: 3e-5,
  cameraRecall: 0.8,
  silenceRecall: 0.5,
  passPod: 0.25,
  oddShare: 0.12,
  oddWrong: 0.12,
  oddTrust: 0.6,
  restOfWorld: 0.02,
  restFactor: 0.3,
};
