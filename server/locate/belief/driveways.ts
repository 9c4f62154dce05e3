/** Ways that she may be driving, for whoever wants to be ahead of her. */
import type { Family } from './family.ts';
import type { Weights } from './weights.ts';

/** A way that is still being driven. */
export interface SampledRoute {
  /** Probability; those of all routes sum to that of being under way. */
  weight: number;
  /** Junctions ahead of her, in driving order. */
  junctions: Uint32Array;
  /** When she passes each of them, seconds from now, ascending. */
  atS: Float64Array;
}

/** `count` trips that have not come to their end, each as likely as the others: systematic sampling (Madow 1949). */
export function sampleRoutes(
  families: readonly Family[],
  weights: Weights,
  nowS: number,
  count: number,
): SampledRoute[] {
  const underWay = (family: Family, h: number): boolean =>
    family.hypotheses.arriveS[h]! > nowS && family.hypotheses.entry[h]! >= 0;
  let total = 0;
  families.forEach((family, f) => {
    weights.trips[f]!.forEach((weight, h) => {
      if (weight > 0 && underWay(family, h)) total += weight;
    });
  });
  const routes: SampledRoute[] = [];
  if (total <= 0 || count <= 0) return routes;
  const step = total / count;
  let passed = 0;
  let taken = 0;
  families.forEach((family, f) => {
    weights.trips[f]!.forEach((weight, h) => {
      if (weight <= 0 || !underWay(family, h)) return;
      passed += weight;
      const due = Math.min(count, Math.floor(passed / step + 0.5)) - taken;
      if (due <= 0) return;
      taken += due;
      routes.push({ weight: due * step, ...wayAhead(family, h, nowS) });
    });
  });
  return routes;
}

function wayAhead(family: Family, h: number, nowS: number): Pick<SampledRoute, 'junctions' | 'atS'> {
  const { entry, tree: which } = family.hypotheses;
  const tree = family.trees[which[h]!]!;
  const { nodeJunction } = family.ground.graph;
  const junctions: number[] = [];
  const atS: number[] = [];
  for (let node = entry[h]!; node >= 0; node = tree.parent[node]!) {
    const passesS = family.passesAtS(h, tree.distDs[node]!) - nowS;
    if (passesS <= 0) break;
    junctions.push(nodeJunction[node]!);
    atS.push(passesS);
  }
  return { junctions: Uint32Array.from(junctions.reverse()), atS: Float64Array.from(atS.reverse()) };
}
