/** Presence at any moment, and what is left of it after looks. */
import type { Ground } from '../ground.ts';
import type { Presence } from '../presence.ts';

/**
 * Mass that looks have found is taken away from the target: what remains at a later moment is what is there then less
 * what was found, never below 0. While she stays where she is that is the product of the misses; who arrives after a
 * look was not missed by it; and nothing is found twice.
 */
export class Timeline {
  readonly presence: Presence;
  private readonly ground: Ground;
  private readonly found: Float64Array;
  /** The moment that was asked for last lies this share of the way from moment `before` to the next one. */
  private before = 0;
  private share = 0;

  constructor(ground: Ground, presence: Presence) {
    this.ground = ground;
    this.presence = presence;
    this.found = new Float64Array(ground.targets.length);
  }

  /** Probability that she is at target i then, and was not found there before. */
  at(i: number, inS: number): number {
    this.turnTo(inS);
    return this.left(i);
  }

  /** Mass that a look at target j sees, at the moments of the presence. */
  atMoments(j: number): Float64Array {
    const moments = this.presence.inS.length;
    const sum = new Float64Array(moments);
    this.eachSeen(j, (i, share) => {
      for (let k = 0; k < moments; k++)
        sum[k]! += share * Math.max(0, this.presence.at[i * moments + k]! - this.found[i]!);
    });
    return sum;
  }

  /** Probability that a perfect look at target j then would see her. */
  seen(j: number, inS: number): number {
    this.turnTo(inS);
    const { cover, coverShare } = this.ground;
    let sum = 0;
    for (let k = cover.offset[j]!; k < cover.offset[j + 1]!; k++)
      sum += coverShare[k]! * this.left(cover.items[k]!);
    return sum;
  }

  /** Takes away what a look at target j finds then, and says how much that is. */
  look(j: number, pod: number, inS: number): number {
    this.turnTo(inS);
    let sum = 0;
    this.eachSeen(j, (i, share) => {
      const found = pod * share * this.left(i);
      this.found[i]! += found;
      sum += found;
    });
    return sum;
  }

  eachSeen(j: number, visit: (i: number, share: number) => void): void {
    const { cover, coverShare } = this.ground;
    for (let k = cover.offset[j]!; k < cover.offset[j + 1]!; k++) visit(cover.items[k]!, coverShare[k]!);
  }

  private turnTo(inS: number): void {
    const moments = this.presence.inS;
    const last = moments.length - 1;
    let k = 0;
    while (k < last && moments[k + 1]! <= inS) k++;
    this.before = k;
    this.share = k === last ? 0 : Math.max(0, (inS - moments[k]!) / (moments[k + 1]! - moments[k]!));
  }

  private left(i: number): number {
    const { at, inS } = this.presence;
    const cell = i * inS.length + this.before;
    const before = at[cell]!;
    const there = this.share === 0 ? before : before + (at[cell + 1]! - before) * this.share;
    return there > this.found[i]! ? there - this.found[i]! : 0;
  }
}
