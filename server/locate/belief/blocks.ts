/** Targets by square blocks of the map, so that a trip can be moved to another target nearby and back again with even odds. */
import type { Ground } from '#locate/ground.ts';

export interface Blocks {
  /** A target of the same block, by weight. @param u in [0, 1) */
  another(target: number, weights: Float64Array, u: number): number;
}

const sidesM = [400, 1500] as const;
/** The squares are laid anew, so that neighbours across an edge meet elsewhere. */
const layings = 3;
const degreeM = 111_195;

const known = new WeakMap<Ground, (Blocks | undefined)[]>();

/** One of several ways to lay the blocks. */
export function blocksOf(ground: Ground, which: number): Blocks {
  let all = known.get(ground);
  if (!all) known.set(ground, (all = []));
  const i = which % (sidesM.length * layings);
  return (all[i] ??= lay(ground, sidesM[i % sidesM.length]!, Math.floor(i / sidesM.length) / layings));
}

function lay({ targets }: Ground, sideM: number, shift: number): Blocks {
  const narrower = Math.cos(((targets[0]?.position[1] ?? 0) * Math.PI) / 180);
  const blocks = new Map<string, number[]>();
  const blockOf = targets.map(({ position: [lng, lat] }, target) => {
    const x = Math.floor((lng * degreeM * narrower) / sideM + shift);
    const y = Math.floor((lat * degreeM) / sideM + shift);
    const key = `${x}/${y}`;
    const block = blocks.get(key) ?? [];
    block.push(target);
    blocks.set(key, block);
    return block;
  });
  const another: Blocks['another'] = (target, weights, u) => {
    const block = blockOf[target]!;
    let left = 0;
    for (const each of block) left += weights[each]!;
    left *= u;
    for (const each of block) if ((left -= weights[each]!) < 0) return each;
    return target;
  };
  return { another };
}
