import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intercept } from '../../server/locate/intercept/index.ts';
import { placeUnits } from '../../server/locate/intercept/place.ts';
import { type Passes, passesOf } from '../../server/locate/intercept/passes.ts';
import { type Choice, choiceOf } from '../../server/locate/intercept/problem.ts';
import { chase } from './chase.ts';
import { bestShare } from './intercept-optimum.ts';

const marginS = 60;

/** Who passes a junction, and when. */
function at({ junctions, offset, ways, atS }: Passes, junction: number) {
  const k = junctions.indexOf(junction);
  const [from, to] = [offset[k]!, offset[k + 1]!];
  return { passing: ways.subarray(from, to), atS: atS.subarray(from, to) };
}

describe('interception on a town of 1,000 junctions, 500 ways, 5 units', () => {
  it('wins at least 99 % of the optimum, on each of 20 instances', { timeout: 120_000 }, () => {
    const gaps: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const instance = chase(seed, { starts: [1, 3, 10][seed % 3]! });
      const found = intercept({ ...instance, marginS, leastShare: 0 });
      const best = bestShare(instance, marginS);
      gaps.push(1 - found.share / best);
      expect(found.share, `seed ${seed}`).toBeGreaterThanOrEqual(0.99 * best);
      expect(found.bound, `seed ${seed}`).toBeGreaterThanOrEqual(best * (1 - 1e-9));
    }
    const percent = gaps.map(gap => `${(Math.max(0, gap) * 100).toFixed(2)} %`);
    console.log(`gap to the optimum: ${percent.join(', ')}`);
  });

  it('costs little: a few million looks at a member of a set', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { router, ways, units } = chase(seed, { starts: [1, 3, 10][seed % 3]! });
      const passes = passesOf(ways);
      const choices = units.map(unit => {
        const { nodeDs } = router.reachFrom(unit.at)!;
        return choiceOf(passes, junction => nodeDs[junction]! / 10, marginS);
      });
      const weights = ways.map(({ weight }) => weight);
      expect(placeUnits(weights, choices).steps).toBeLessThan(2e7);
    }
  });

  it('places nobody who would be late, and nobody for nothing', () => {
    const instance = chase(7);
    const { posts, share } = intercept({ ...instance, marginS, leastShare: 0.1 });
    const total = instance.ways.reduce((sum, { weight }) => sum + weight, 0);
    for (const post of posts) {
      const won = instance.ways.filter(({ junctions, atS }) =>
        Array.from(junctions).some((each, i) => each === post.junction && atS[i]! >= post.arriveS + marginS),
      );
      expect(won.reduce((sum, { weight }) => sum + weight, 0) / total).toBeCloseTo(post.share, 9);
      expect(post.alone).toBeGreaterThanOrEqual(0.1);
    }
    expect(share).toBeLessThanOrEqual(posts.reduce((sum, post) => sum + post.share, 0) + 1e-9);
    expect(intercept({ ...instance, marginS, leastShare: 0.1 })).toEqual({
      posts,
      share,
      bound: expect.any(Number),
    });
    expect(intercept({ ...instance, units: [], marginS })).toEqual({ posts: [], share: 0, bound: 0 });
    expect(intercept({ ...instance, ways: [], marginS })).toEqual({ posts: [], share: 0, bound: 0 });
  });
});

describe('placing units', () => {
  /** Up to 8 ways, and up to 3 units with up to 5 posts each. */
  const problem = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 8, maxLength: 8 }),
    choices: fc.array(
      fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), { maxLength: 5 }).map(
        (sets): Choice => ({
          posts: sets.map((_, i) => i),
          wins: sets.map(set => Uint32Array.from(set)),
        }),
      ),
      { maxLength: 3 },
    ),
  });

  /** The most that can be won, by trying everything. */
  function most(weights: number[], choices: readonly Choice[], won: ReadonlySet<number>): number {
    const [first, ...rest] = choices;
    if (!first) return [...won].reduce((sum, way) => sum + weights[way]!, 0);
    const tries = first.wins.map(set => most(weights, rest, new Set([...won, ...set])));
    return Math.max(most(weights, rest, won), ...tries);
  }

  it('is optimal for two units, worth half at least for more, and never above its bound', () => {
    fc.assert(
      fc.property(problem, ({ weights, choices }) => {
        const best = most(weights, choices, new Set());
        const { won, bound, postOf } = placeUnits(weights, choices);
        const chosen = new Set(
          [...postOf].flatMap((post, unit) => (post === -1 ? [] : [...choices[unit]!.wins[post]!])),
        );
        expect(won).toBe([...chosen].reduce((sum, way) => sum + weights[way]!, 0));
        expect(won).toBeGreaterThanOrEqual(choices.length <= 2 ? best : best / 2);
        expect(bound).toBeGreaterThanOrEqual(best);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out only posts that another one is better than', () => {
    const way = fc.array(fc.nat(6), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(way, { maxLength: 6 }),
        fc.array(fc.nat(60), { minLength: 7, maxLength: 7 }),
        (lists, arrive) => {
          const ways = lists.map(junctions => ({
            weight: 1,
            junctions,
            atS: junctions.map((_, i) => i * 15),
          }));
          const passes = passesOf(ways);
          const { posts, wins } = choiceOf(passes, junction => arrive[junction]!, 0);
          for (const junction of passes.junctions) {
            const { passing, atS } = at(passes, junction);
            const all = passing.filter((_, i) => atS[i]! >= arrive[junction]!);
            expect(wins.some(set => all.every(each => set.includes(each))) || all.length === 0).toBe(true);
          }
          wins.forEach((set, i) => {
            const { passing, atS } = at(passes, posts[i]!);
            expect([...set].every(each => atS[passing.indexOf(each)]! >= arrive[posts[i]!]!)).toBe(true);
          });
        },
      ),
    );
  });
});
