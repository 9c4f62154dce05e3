import type { Calibration } from '#contract/calibration.ts';
import { calibrationScores, valuedEvidence } from '../../../db/queries/calibration.ts';
import { priorCounts, priorWeights } from '../../../db/queries/prior.ts';
import { SYSTEM } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { scriptPriors } from '../../locating/priors.ts';
import { calibrationBoard } from '../../reports/calibration/board.ts';

/** How right the beliefs about closed cases were: counts and means over all of them, nothing of one. */
export async function readCalibration({ database, clock }: ServiceDeps): Promise<Calibration> {
  // By the system: sums over all stations, as in the bulletin.
  return database.read(async tx => {
    const priors = scriptPriors({ weights: await priorWeights(tx), counts: await priorCounts(tx) });
    const board = calibrationBoard(await calibrationScores(tx), await valuedEvidence(tx), priors);
    return { asOf: new Date(clock.now()).toISOString(), ...board };
  }, SYSTEM);
}
