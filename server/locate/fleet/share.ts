/**
 * Which unit works for which incident: the sum of what the incidents' rough plans are worth, less what is left without
 * cover. Units are given one by one where they add most, lazily, for what a unit adds to an incident hardly grows when
 * others come (Minoux 1978); then units are moved and exchanged until nothing improves.
 */
import type { Field } from '../sketch/field.ts';
import { Sketcher, type Standing, valueOf, type Worth } from '../sketch/sketch.ts';
import { type Cover, uncovered } from './reserve.ts';

/** One incident's part of the problem. */
export interface Stake {
  weight: number;
  field: Field;
  /** Where everybody stands when free to work for it. */
  standing: Standing;
  worth: Worth;
}

export interface Sharing {
  stakes: readonly Stake[];
  cover: Cover;
  unitCount: number;
  /** Of each unit: the incident that it cannot be taken from, `elsewhere`, or `nobody`. */
  fixed: Int32Array;
  /** Of each unit: the incident for which it was ordered somewhere, or `nobody`. */
  ordered: Int32Array;
  /** What turning an ordered unit round costs. */
  turnRound: number;
}

/** Held back as reserve. */
export const nobody = -1;
/** At a task of an incident that is not among those that share. */
export const elsewhere = -2;

/** Of each unit the incident, or `nobody`, or `elsewhere`. Deterministic. */
export function shareUnits(sharing: Sharing): Int32Array {
  const board = new Board(sharing);
  board.give();
  board.improve();
  return board.incidentOf;
}

/** What a sharing is worth. */
export function worthOf(sharing: Sharing, incidentOf: Int32Array): number {
  return new Board(sharing, incidentOf).total();
}

const epsilon = 1e-9;
/** Rough plans that moving and exchanging may cost: some of the last exchanges of a large fleet are not tried. */
const mostSketches = 400;

class Board {
  readonly incidentOf: Int32Array;
  private readonly sharing: Sharing;
  private readonly sketchers: readonly Sketcher[];
  /** Values that were worked out, by incident and the units that work for it. */
  private readonly known = new Map<string, number>();
  /** How many of them were worked out for `give`. */
  private given = 0;
  /** What the sharing is worth as it is. */
  private worth: number;

  constructor(sharing: Sharing, incidentOf: Int32Array = sharing.fixed) {
    this.sharing = sharing;
    this.incidentOf = incidentOf.slice();
    this.sketchers = sharing.stakes.map(({ field, standing, worth }) => new Sketcher(field, standing, worth));
    this.worth = this.total();
  }

  total(): number {
    const { stakes, cover, ordered, turnRound } = this.sharing;
    let sum = -uncovered(cover, unit => this.incidentOf[unit] === nobody);
    for (let incident = 0; incident < stakes.length; incident++) sum += this.value(incident);
    for (let unit = 0; unit < ordered.length; unit++)
      if (ordered[unit]! >= 0 && ordered[unit] !== this.incidentOf[unit]) sum -= turnRound;
    return sum;
  }

  /** Gives the unit that adds most, again and again, as long as one adds anything. */
  give(): void {
    const { unitCount, stakes } = this.sharing;
    const bids: { unit: number; incident: number; gain: number; round: number }[] = [];
    for (let unit = 0; unit < unitCount; unit++)
      if (this.incidentOf[unit] === nobody)
        for (let incident = 0; incident < stakes.length; incident++)
          bids.push({ unit, incident, gain: Infinity, round: -1 });
    for (let round = 0; ; round++) {
      const open = bids.filter(bid => this.incidentOf[bid.unit] === nobody);
      let best = largest(open);
      while (best && best.round !== round) {
        best.gain = this.gainOf([[best.unit, best.incident]]);
        best.round = round;
        best = largest(open);
      }
      if (!best || best.gain <= epsilon) return;
      this.change([[best.unit, best.incident]]);
    }
  }

  improve(): void {
    const { unitCount, fixed } = this.sharing;
    this.given = this.known.size;
    const movable = Array.from({ length: unitCount }, (_, unit) => unit).filter(
      unit => fixed[unit] === nobody,
    );
    for (let better = true; better; )
      better = this.moveEach(movable) || this.exchangePairs(movable) || this.movePairs(movable);
  }

  private moveEach(movable: readonly number[]): boolean {
    let better = false;
    for (const unit of movable)
      for (let incident = nobody; incident < this.sharing.stakes.length; incident++)
        if (this.changeIfBetter([[unit, incident]])) better = true;
    return better;
  }

  private exchangePairs(movable: readonly number[]): boolean {
    let better = false;
    for (const [a, b] of pairsOf(movable)) {
      const [to, from] = [this.incidentOf[a]!, this.incidentOf[b]!];
      const exchange: [number, number][] = [
        [a, from],
        [b, to],
      ];
      if (to !== from && this.changeIfBetter(exchange)) better = true;
    }
    return better;
  }

  /** Two at once, to wherever: the first that is better. */
  private movePairs(movable: readonly number[]): boolean {
    const { length } = this.sharing.stakes;
    for (const [a, b] of pairsOf(movable))
      for (let first = nobody; first < length; first++)
        for (let second = nobody; second < length; second++) {
          const isPair = first !== this.incidentOf[a] && second !== this.incidentOf[b];
          const move: [number, number][] = [
            [a, first],
            [b, second],
          ];
          if (isPair && this.changeIfBetter(move)) return true;
        }
    return false;
  }

  private changeIfBetter(changes: [unit: number, incident: number][]): boolean {
    if (this.known.size - this.given > mostSketches) return false;
    if (this.gainOf(changes) <= epsilon) return false;
    this.change(changes);
    return true;
  }

  private change(changes: [unit: number, incident: number][]): void {
    for (const [unit, incident] of changes) this.incidentOf[unit] = incident;
    this.worth = this.total();
  }

  private gainOf(changes: [unit: number, incident: number][]): number {
    const was = changes.map(([unit]) => this.incidentOf[unit]!);
    for (const [unit, incident] of changes) this.incidentOf[unit] = incident;
    const after = this.total();
    changes.forEach(([unit], i) => (this.incidentOf[unit] = was[i]!));
    return after - this.worth;
  }

  private value(incident: number): number {
    const { stakes } = this.sharing;
    const crew: number[] = [];
    for (let unit = 0; unit < this.incidentOf.length; unit++)
      if (this.incidentOf[unit] === incident) crew.push(unit);
    const key = String.fromCharCode(incident, ...crew);
    const had = this.known.get(key);
    if (had !== undefined) return had;
    const { weight, field, worth } = stakes[incident]!;
    const value = weight * valueOf(field, this.sketchers[incident]!.sketch(undefined, crew), worth);
    this.known.set(key, value);
    return value;
  }
}

function largest<Bid extends { gain: number }>(bids: readonly Bid[]): Bid | null {
  return bids.reduce<Bid | null>((best, bid) => (!best || bid.gain > best.gain ? bid : best), null);
}

function* pairsOf(units: readonly number[]): Generator<[number, number]> {
  for (const [i, a] of units.entries()) for (const b of units.slice(i + 1)) yield [a, b];
}
