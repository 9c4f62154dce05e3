import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalOf, spreadOf, uniformOf } from '../../../server/locate/belief/draws.ts';
import { systematicCounts } from '../../../server/locate/belief/hypotheses.ts';
import { defaultPriors, learn, posteriorMean } from '../../../server/locate/belief/prior.ts';
import { regionsOf } from '../../../server/locate/belief/regions.ts';
import { RoadNoise, RouteTree } from '../../../server/locate/belief/tree.ts';
import { reasonWords } from '../../../server/locate/words.ts';
import { priorKinds } from '../../../server/contract/prior.ts';
import { departures } from '../../../server/road/access.ts';
import type { LngLat } from '../../../server/road/geo.ts';
import { unreached } from '../../../server/road/graph.ts';
import { beliefIn, cellFact, makeTown } from './town.ts';

const town = makeTown(2, 900);
const { ground, router } = town;
const { graph } = ground;

describe('the tree of her ways', () => {
  const source = router.snap(town.home)!;
  const seeds = departures(graph, source);
  const exact = new RouteTree(graph, source, seeds, new RoadNoise(0, 0, 0));
  const noisy = new RouteTree(graph, source, seeds, new RoadNoise(7, 0.3, 0.1));

  it('without noise has the times of the road engine', () => {
    const { nodeDs } = router.reachFrom(source)!;
    expect(exact.distDs).toEqual(nodeDs);
  });

  it('adds up along its ways, noisy or not', () => {
    for (const tree of [exact, noisy]) {
      for (const node of tree.order) {
        const arc = tree.parentArc[node]!;
        if (arc < 0) continue;
        const cost = Math.max(1, Math.round(graph.arcDs[arc]! * tree.noise.of(graph, graph.arcEdge[arc]!)));
        expect(tree.distDs[node]).toBe(tree.distDs[tree.parent[node]!]! + cost);
      }
    }
  });

  it('finds ancestors by time, and what lies beyond a node, as a walk up the tree does', () => {
    const node = fc.integer({ min: 0, max: graph.nodeCount - 1 });
    fc.assert(
      fc.property(node, node, fc.double({ min: 0, max: 1, noNaN: true }), (from, over, share) => {
        if (noisy.distDs[from]! >= unreached) return;
        const ds = share * noisy.distDs[from]! * 0.999;
        const way: number[] = [];
        for (let v = from; v >= 0; v = noisy.parent[v]!) way.push(v);
        const found = way.findLast(v => noisy.distDs[v]! > ds);
        expect(noisy.ancestorAt(from, ds)).toBe(found);
        expect(noisy.leadsOver(from, over)).toBe(way.includes(over));
      }),
      { numRuns: 300 },
    );
  });
});

describe('draws', () => {
  it('spread evenly and repeat', () => {
    const points = Array.from({ length: 1000 }, (_, k) => spreadOf(k, 1, 0.3));
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = points.filter(u => u >= tenth / 10 && u < (tenth + 1) / 10).length;
      expect(inside).toBeGreaterThan(95);
      expect(inside).toBeLessThan(105);
    }
    expect(uniformOf(1, 2, 3)).toBe(uniformOf(1, 2, 3));
    expect(normalOf(0.975)).toBeCloseTo(1.96, 1);
    expect(normalOf(0.5)).toBeCloseTo(0, 2);
  });

  it('give each target its share rounded up or down', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 })
      .filter(list => list.some(each => each > 0));
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 0.999, noNaN: true }), (list, u) => {
        const sum = list.reduce((total, each) => total + each, 0);
        const shares = Float64Array.from(list, each => each / sum);
        systematicCounts(shares, 200, u).forEach((count, i) => {
          expect(Math.abs(count - shares[i]! * 200)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });
});

describe('script priors', () => {
  it('are shares, by hour and without', () => {
    for (const prior of Object.values(defaultPriors())) {
      for (const hour of [undefined, 2, 9, 15, 21]) {
        const shares = Object.values(posteriorMean(prior, hour));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...shares)).toBeGreaterThan(0);
      }
    }
  });

  it('are (strength × base + n) ÷ (strength + all n) without hours', () => {
    const before = defaultPriors();
    const once = learn(before, { scamType: 'loan', kind: 'hotel', hour: 13 });
    const twice = learn(once, { scamType: 'loan', kind: 'hotel', hour: 3 });
    const { strength, weights } = before.loan;
    const shares = posteriorMean(twice.loan);
    for (const kind of priorKinds) {
      const n = kind === 'hotel' ? 2 : 0;
      expect(shares[kind]).toBeCloseTo((strength * weights[kind] + n) / (strength + 2), 9);
    }
    expect(posteriorMean(before.loan).hotel).toBeLessThan(shares.hotel);
    expect(twice.rebate).toEqual(before.rebate);
  });

  it('learn most for the part of the day in which it happened', () => {
    const learned = learn(defaultPriors(), { scamType: 'loan', kind: 'park', hour: 14 }).loan;
    expect(posteriorMean(learned, 15).park).toBeGreaterThan(posteriorMean(learned, 9).park);
    expect(posteriorMean(learned, 9).park).toBeGreaterThan(posteriorMean(defaultPriors().loan, 9).park);
  });

  it('know that banks are shut at night', () => {
    const { courier } = defaultPriors();
    expect(posteriorMean(courier, 3).bank).toBeLessThan(posteriorMean(courier, 10).bank / 4);
  });
});

describe('regions', () => {
  const belief = beliefIn(town);
  belief.setFacts([cellFact(town, 4, 200), cellFact(town, 5, 500, 3)]);
  const picture = belief.picture(600);
  const shares = [0.5, 0.8, 0.9, 0.95];
  const regions = regionsOf(ground, picture, shares);

  const heldBy = (region: LngLat[][][]): number => {
    let held = 0;
    let all = 0;
    const add = (at: LngLat, p: number): void => {
      all += p;
      if (
        p > 0 &&
        region.some(([outer, ...holes]) => inside(outer!, at) && !holes.some(hole => inside(hole, at)))
      )
        held += p;
    };
    picture.cell.forEach((p, i) => add([ground.cellLng[i]!, ground.cellLat[i]!], p));
    picture.place.forEach((p, i) => add(ground.targets[i]!.position, p));
    return held / all;
  };

  it('hold their shares and little more', () => {
    shares.forEach((share, i) => {
      expect(heldBy(regions[i]!)).toBeGreaterThan(share - 0.01);
      expect(heldBy(regions[i]!)).toBeLessThan(Math.min(1, share + 0.06));
    });
  });

  it('lie in one another', () => {
    for (let i = 1; i < regions.length; i++) {
      const within = regions[i - 1]!.flatMap(([outer]) => outer!).filter(at =>
        regions[i]!.some(([outer]) => inside(outer!, at)),
      );
      const corners = regions[i - 1]!.flatMap(([outer]) => outer!).length;
      expect(within.length / corners).toBeGreaterThan(0.99);
    }
  });

  it('are empty where nothing lies inside the region', () => {
    const nothing = { cell: new Float32Array(ground.cellCount), place: new Float32Array(ground.placeCount) };
    expect(regionsOf(ground, nothing, [0.5])).toEqual([[]]);
  });
});

function inside(ring: readonly LngLat[], [x, y]: LngLat): boolean {
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  }
  return odd;
}

describe('reasons in words', () => {
  it('say what the fact was and how much it counts, in both languages', () => {
    expect(reasonWords({ kind: 'cell', factId: 'a', factor: 4.2 })).toEqual({
      zh: '与手机基站相符（可能性 ×4.2）',
      en: 'fits the antenna: 4.2 times as likely',
    });
    expect(reasonWords({ kind: 'search', factId: 'a', factor: 0.25, method: 'clerkAsked', atS: 0 }).zh).toBe(
      '已查未见（问过工作人员），可能性降为 4 分之一',
    );
    expect(
      reasonWords({ kind: 'prior', factor: 3, scamType: 'fakePolice', placeKind: 'quietRoad', share: 0.2 })
        .zh,
    ).toBe('冒充公检法案件中 20 % 的人在僻静路段找到');
    expect(reasonWords({ kind: 'tooFar', factor: 0.1, arrived: 0.1 }).en).toContain('10 %');
  });
});
