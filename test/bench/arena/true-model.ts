/** The truth's own constants, as far as the belief has constants for them: what could be won by better ones. */
import type { Model } from '#locate/belief/model.ts';
import { defaultPriors, type ScriptPriors } from '#locate/belief/prior.ts';
import { priorKinds } from '#contract/prior.ts';
import { scripts } from '../../../server/sim/arena/destination.ts';
import type { Episode } from '../../../server/sim/arena/episode.ts';

export const truthModel: Partial<Model> = {
  slowness: 1.12,
  speedSigma: 0.22,
  roadSigma: 0.25,
  classSigma: 0.15,
  departedDoubtS: 300,
  stopShare: 0.18,
  stopFromS: 180,
  stopToS: 720,
  footShare: 0,
  returnShare: 0,
  elsewhereDecayS: 900,
  pathLoss: 3.6,
  beamwidthDeg: 65,
  backDb: 22,
  cellWrong: 0.001,
  cameraRecall: 0.7,
  silenceRecall: 0.7,
  passPod: 0.3,
  restOfWorld: 0.001,
};

const surely = 1e6;

/** The default priors, but for so large a share of trips to anywhere; the kinds share what is left as before. */
export function priorsWithElsewhere({ scamType }: Episode, elsewhere: number): ScriptPriors {
  const priors = defaultPriors();
  const weights = { ...priors[scamType].weights };
  const factor = (1 - elsewhere) / (1 - weights.elsewhere);
  for (const kind of priorKinds) weights[kind] = kind === 'elsewhere' ? elsewhere : weights[kind] * factor;
  return { ...priors, [scamType]: { ...priors[scamType], weights } };
}

/** The truth's shares of kinds; hotels and guest houses are one kind to it and share by their number elsewhere. */
export function truthPriors({ scamType }: Episode): ScriptPriors {
  const priors = defaultPriors();
  const script = scripts.find(each => each.scamType === scamType);
  if (!script) return priors;
  const weights = { ...priors[scamType].weights };
  for (const kind of priorKinds) weights[kind] = kind === 'elsewhere' ? 0.2 : 1e-4;
  for (const [share, kinds] of script.habits)
    for (const kind of kinds) weights[kind] = (0.8 * share) / kinds.length;
  return { ...priors, [scamType]: { ...priors[scamType], strength: surely, weights } };
}
