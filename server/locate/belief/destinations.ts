/** How likely she is to go to each target, before anything was seen of her. */
import { priorKinds } from '#contract/prior.ts';
import type { Ground } from '#locate/ground.ts';
import { unreached } from '#road/graph.ts';
import { arrivalAt, dartArcsOf } from './approach.ts';
import type { Model } from './model.ts';
import type { KindShares } from './prior.ts';
import type { RouteTree } from './tree.ts';

/** Of a line's attraction, what does not depend on how quiet it is; and the length from which on more adds nothing. */
const noisyShare = 0.08;
const fullLengthM = 250;

/** Seconds to each target by a tree's times; 0 without a tree, Infinity where there is no way. */
export function timesToTargets(ground: Ground, tree: RouteTree | null): Float32Array {
  const { offset, items } = ground.targetCells;
  const arcs = dartArcsOf(ground);
  const timeS = new Float32Array(ground.targets.length).fill(Infinity);
  for (let target = 0; target < timeS.length; target++) {
    const cells = offset[target + 1]! - offset[target]!;
    if (cells === 0) continue;
    if (!tree) timeS[target] = 0;
    else {
      const { ds } = arrivalAt(ground, arcs, tree, items[offset[target]! + (cells >> 1)]!);
      if (ds < unreached) timeS[target] = ds / 10;
    }
  }
  return timeS;
}

/**
 * Each kind's share goes to its targets by nearness and, of lines, by quietness; `elsewhere` goes to all roads by length
 * and nearness. Kinds that the region lacks leave their share to the others, `residence` is left to the caller.
 * @returns weights that sum to 1, or to 0 where nothing can be reached
 */
export function destinationWeights(
  ground: Ground,
  shares: KindShares,
  timeS: Float32Array,
  model: Model,
): Float64Array {
  const { targets, placeCount, quiet, lengthM } = ground;
  const near = new Float64Array(targets.length);
  const anywhere = new Float64Array(targets.length);
  const sumOf = Object.fromEntries(priorKinds.map(kind => [kind, 0])) as KindShares;
  targets.forEach(({ kind }, i) => {
    if (timeS[i] === Infinity) return;
    const line = i >= placeCount;
    const suits = line ? (noisyShare + quiet[i]!) * Math.min(1, lengthM[i]! / fullLengthM) : 1;
    near[i] = Math.exp(-timeS[i]! / model.decayS) * suits;
    sumOf[kind] += near[i]!;
    if (line) anywhere[i] = lengthM[i]! * Math.exp(-timeS[i]! / model.elsewhereDecayS);
    sumOf.elsewhere += anywhere[i]!;
  });
  const shareOf = (kind: keyof KindShares): number =>
    kind !== 'residence' && sumOf[kind] > 0 ? shares[kind] / sumOf[kind] : 0;
  const factor = Object.fromEntries(priorKinds.map(kind => [kind, shareOf(kind)])) as KindShares;
  let total = 0;
  for (let i = 0; i < near.length; i++) {
    near[i] = factor[targets[i]!.kind] * near[i]! + factor.elsewhere * anywhere[i]!;
    total += near[i]!;
  }
  if (total > 0) for (let i = 0; i < near.length; i++) near[i]! /= total;
  return near;
}
