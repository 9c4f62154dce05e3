/**
 * One post for each unit so that the posts together win the most: weighted maximum coverage under a partition matroid.
 * Lazy greedy (Minoux 1978) is worth at least half of the optimum (Nemhauser, Wolsey and Fisher 1978). Then units are
 * placed anew one by one and two by two, each time in the best way of all, until nothing improves; and what is found so is
 * shaken a few times to leave a local optimum (iterated local search, Lourenço, Martin and Stützle 2003).
 */
import type { Choice } from './problem.ts';

export interface Placing {
  /** Of each unit: index into its choice's posts, or -1 where it would win nothing. */
  postOf: Int32Array;
  /** Weight of the ways won. */
  won: number;
  /** No placing wins more. */
  bound: number;
  /** How many members of sets were looked at: what it cost, on any machine. */
  steps: number;
}

/**
 * Units that add less than `least` to what the others win stay free. Deterministic: what is shaken is drawn from a fixed
 * seed.
 */
export function placeUnits(weights: ArrayLike<number>, choices: readonly Choice[], least = 0): Placing {
  const board = new Board(weights, choices);
  board.placeGreedily();
  board.improve();
  if (choices.length > 2) board.shake();
  board.free(least);
  return { postOf: board.postOf, won: board.won(), bound: board.bound(), steps: board.steps };
}

/** An improvement must be more than what sums of floating-point numbers leave. */
const epsilon = 1e-12;
/** Shaking ends after so many rounds, or when so much was looked at. */
const mostShakes = 40;
const mostSteps = 3e6;
/** So many units are put elsewhere at once, each on one of its so many best posts. */
const shakenUnits = 3;
const shakenPosts = 4;

class Board {
  postOf: Int32Array;
  steps = 0;
  private readonly weights: ArrayLike<number>;
  private readonly choices: readonly Choice[];
  /** How many units win each way. */
  private readonly times: Uint16Array;

  constructor(weights: ArrayLike<number>, choices: readonly Choice[]) {
    this.weights = weights;
    this.choices = choices;
    this.postOf = new Int32Array(choices.length).fill(-1);
    this.times = new Uint16Array(weights.length);
  }

  won(): number {
    let sum = 0;
    this.times.forEach((times, way) => {
      if (times > 0) sum += this.weights[way]!;
    });
    return sum;
  }

  /** A gain only ever falls, so an old one is an upper bound: only the largest is computed anew. */
  placeGreedily(): void {
    const gains = this.choices.map((_, unit) => this.gains(unit));
    for (let round = 0; round < this.choices.length; round++) {
      const fresh = gains.map(list => new Uint8Array(list.length));
      for (;;) {
        const [unit, post] = this.largest(gains);
        if (unit === -1) return;
        if (fresh[unit]![post] === 1) {
          this.put(unit, post);
          break;
        }
        gains[unit]![post] = this.gain(unit, post);
        fresh[unit]![post] = 1;
      }
    }
  }

  improve(): void {
    let better = true;
    while (better) {
      better = false;
      for (let a = 0; a < this.choices.length; a++) {
        if (this.replaceOne(a)) better = true;
        for (let b = 0; b < a; b++) if (this.replaceTwo(a, b)) better = true;
      }
    }
  }

  /** Puts some units elsewhere and improves; what wins less is undone. */
  shake(): void {
    const random = randomNumbers();
    for (let round = 0; round < mostShakes && this.steps < mostSteps; round++) {
      const before = this.postOf.slice();
      const won = this.won();
      const shaken = Array.from({ length: shakenUnits }, () => random(this.choices.length));
      for (const unit of shaken) this.remove(unit);
      for (const unit of new Set(shaken)) {
        const best = descending(this.gains(unit), 0).slice(0, shakenPosts);
        this.put(unit, best[random(best.length)] ?? -1);
      }
      this.improve();
      if (this.won() < won) this.reset(before);
    }
  }

  /** Takes away the unit that adds least, again and again, as long as that is less than `least` or nothing. */
  free(least: number): void {
    for (;;) {
      let [idle, adds] = [-1, Math.max(least, epsilon)];
      this.postOf.forEach((post, unit) => {
        if (post === -1) return;
        const lost = this.take(unit);
        this.put(unit, post);
        if (lost < adds) [idle, adds] = [unit, lost];
      });
      if (idle === -1) return;
      this.remove(idle);
    }
  }

  /**
   * Whatever is optimal wins no more than what is won here and what each unit could add to it, for coverage is monotone
   * and submodular; nor more than each unit could win alone, nor than all ways that anybody can win.
   */
  bound(): number {
    const { postOf, choices } = this;
    const won = this.won();
    const addable = (): number => choices.reduce((sum, _, unit) => sum + max(this.gains(unit)), 0);
    const adding = won + addable();
    this.reset(new Int32Array(choices.length).fill(-1));
    const alone = addable();
    for (const { wins } of choices) for (const set of wins) for (const way of set) this.times[way] = 1;
    const winnable = this.won();
    this.times.fill(0);
    this.reset(postOf);
    return Math.max(won, Math.min(adding, alone, winnable));
  }

  private reset(postOf: Int32Array): void {
    this.postOf = postOf.slice();
    this.times.fill(0);
    postOf.forEach((post, unit) => this.put(unit, post));
  }

  private largest(gains: readonly Float64Array[]): [unit: number, post: number] {
    let found: [number, number] = [-1, -1];
    let most = epsilon;
    gains.forEach((list, unit) => {
      if (this.postOf[unit] !== -1) return;
      list.forEach((gain, post) => {
        if (gain <= most) return;
        most = gain;
        found = [unit, post];
      });
    });
    return found;
  }

  private replaceOne(unit: number): boolean {
    const before = this.postOf[unit]!;
    const kept = this.take(unit);
    const gains = this.gains(unit);
    const best = gains.indexOf(max(gains));
    const better = best !== -1 && gains[best]! > kept + epsilon;
    this.put(unit, better ? best : before);
    return better;
  }

  /** The best two posts for two units, given all others; sums of single gains tell which pairs need not be tried. */
  private replaceTwo(a: number, b: number): boolean {
    const before = [this.postOf[a]!, this.postOf[b]!] as const;
    let most = this.take(a) + this.take(b) + epsilon;
    const [gainsA, gainsB] = [this.gains(a), this.gains(b)];
    const [maxA, maxB] = [max(gainsA), max(gainsB)];
    const orderB = descending(gainsB, most - maxA);
    let best: readonly [number, number] = before;
    for (const postA of descending(gainsA, most - maxB)) {
      const gainA = gainsA[postA]!;
      if (gainA + maxB <= most) break;
      this.put(a, postA);
      for (const postB of orderB) {
        if (gainA + gainsB[postB]! <= most) break;
        const together = gainA + this.gain(b, postB);
        if (together <= most) continue;
        most = together + epsilon;
        best = [postA, postB];
      }
      this.remove(a);
    }
    this.put(a, best[0]);
    this.put(b, best[1]);
    return best !== before;
  }

  private put(unit: number, post: number): void {
    this.postOf[unit] = post;
    if (post !== -1) for (const way of this.choices[unit]!.wins[post]!) this.times[way]!++;
  }

  private remove(unit: number): void {
    const post = this.postOf[unit]!;
    this.postOf[unit] = -1;
    if (post !== -1) for (const way of this.choices[unit]!.wins[post]!) this.times[way]!--;
  }

  /** Removes a unit and answers what is no longer won. */
  private take(unit: number): number {
    const post = this.postOf[unit]!;
    this.remove(unit);
    return post === -1 ? 0 : this.gain(unit, post);
  }

  private gain(unit: number, post: number): number {
    const wins = this.choices[unit]!.wins[post]!;
    let sum = 0;
    for (let i = 0; i < wins.length; i++) {
      const way = wins[i]!;
      if (this.times[way] === 0) sum += this.weights[way]!;
    }
    this.steps += wins.length;
    return sum;
  }

  private gains(unit: number): Float64Array {
    const gains = new Float64Array(this.choices[unit]!.posts.length);
    for (let post = 0; post < gains.length; post++) gains[post] = this.gain(unit, post);
    return gains;
  }
}

/** Whole numbers below a limit, always the same ones (Lehmer's generator with the multiplier of Park and Miller). */
function randomNumbers(): (limit: number) => number {
  let state = 20_110_905;
  return limit => {
    state = (state * 48_271) % 0x7fffffff;
    return state % limit;
  };
}

function max(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** Indices of the values above a limit, the largest first. */
function descending(values: Float64Array, above: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i]! > above) found.push(i);
  return found.sort((a, b) => values[b]! - values[a]! || a - b);
}
