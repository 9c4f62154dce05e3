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

/** Units with the incident that each goes to. */
type Changes = readonly (readonly [unit: number, incident: number])[];

class Board {
  readonly incidentOf: Int32Array;
  private readonly sharing: Sharing;
  private readonly sketchers: readonly Sketcher[];
  /** Units that were ordered somewhere. */
  private readonly orderedUnits: readonly number[];
  /** Values that were worked out, by incident and the units that work for it. */
  private readonly known = new Map<string, number>();
  /** How many of them were worked out for `give`. */
  private given = 0;
  /** Of the sharing as it is: of each incident, of what is left without cover, and in all. */
  private readonly values: number[];
  private open: number;
  private worth: number;

  constructor(sharing: Sharing, incidentOf: Int32Array = sharing.fixed) {
    const { stakes, ordered } = sharing;
    this.sharing = sharing;
    this.incidentOf = incidentOf.slice();
    this.sketchers = stakes.map(({ field, standing, worth }) => new Sketcher(field, standing, worth));
    this.orderedUnits = Array.from(ordered.keys()).filter(unit => ordered[unit]! >= 0);
    this.values = stakes.map((_, incident) => this.value(incident));
    this.open = this.uncovered();
    this.worth = this.total();
  }

  /** Of the sharing as it is; `touched` are incidents whose units are others than those of `values`. */
  total(touched: readonly number[] = [], open = this.open): number {
    const { ordered, turnRound } = this.sharing;
    let sum = -open;
    for (let incident = 0; incident < this.values.length; incident++)
      sum += touched.includes(incident) ? this.value(incident) : this.values[incident]!;
    for (const unit of this.orderedUnits) if (ordered[unit] !== this.incidentOf[unit]) sum -= turnRound;
    return sum;
  }

  /** Gives the unit that adds most, again and again, as long as one adds anything. */
  give(): void {
    const { unitCount, stakes } = this.sharing;
    let bids: { unit: number; incident: number; gain: number; round: number }[] = [];
    for (let unit = 0; unit < unitCount; unit++)
      if (this.incidentOf[unit] === nobody)
        for (let incident = 0; incident < stakes.length; incident++)
          bids.push({ unit, incident, gain: Infinity, round: -1 });
    for (let round = 0; ; round++) {
      let best = largest(bids);
      while (best && best.round !== round) {
        best.gain = this.gainOf([[best.unit, best.incident]]);
        best.round = round;
        best = largest(bids);
      }
      if (!best || best.gain <= epsilon) return;
      this.change([[best.unit, best.incident]]);
      bids = bids.filter(({ unit }) => unit !== best.unit);
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
      if (this.isSpent()) break;
      const [to, from] = [this.incidentOf[a]!, this.incidentOf[b]!];
      if (to === from) continue;
      const exchange = [
        [a, from],
        [b, to],
      ] as const;
      if (this.changeIfBetter(exchange)) better = true;
    }
    return better;
  }

  /** Two at once, to wherever: the first that is better. */
  private movePairs(movable: readonly number[]): boolean {
    const { length } = this.sharing.stakes;
    for (const [a, b] of pairsOf(movable)) {
      if (this.isSpent()) break;
      for (let first = nobody; first < length; first++)
        for (let second = nobody; second < length; second++) {
          if (first === this.incidentOf[a] || second === this.incidentOf[b]) continue;
          const move = [
            [a, first],
            [b, second],
          ] as const;
          if (this.changeIfBetter(move)) return true;
        }
    }
    return false;
  }

  private isSpent(): boolean {
    return this.known.size - this.given > mostSketches;
  }

  private changeIfBetter(changes: Changes): boolean {
    if (this.isSpent()) return false;
    if (this.gainOf(changes) <= epsilon) return false;
    this.change(changes);
    return true;
  }

  private change(changes: Changes): void {
    for (const [unit, incident] of changes) this.incidentOf[unit] = incident;
    this.values.forEach((_, incident) => (this.values[incident] = this.value(incident)));
    this.open = this.uncovered();
    this.worth = this.total();
  }

  private gainOf(changes: Changes): number {
    const was = changes.map(([unit]) => this.incidentOf[unit]!);
    if (changes.every(([, incident], i) => incident === was[i])) return 0;
    for (const [unit, incident] of changes) this.incidentOf[unit] = incident;
    const touched = [...changes.map(([, incident]) => incident), ...was];
    const after = this.total(touched, touched.includes(nobody) ? this.uncovered() : this.open);
    changes.forEach(([unit], i) => (this.incidentOf[unit] = was[i]!));
    return after - this.worth;
  }

  private uncovered(): number {
    return uncovered(this.sharing.cover, unit => this.incidentOf[unit] === nobody);
  }

  private value(incident: number): number {
    const { stakes } = this.sharing;
    const crew: number[] = [];
    let key = String.fromCharCode(incident);
    for (let unit = 0; unit < this.incidentOf.length; unit++)
      if (this.incidentOf[unit] === incident) {
        crew.push(unit);
        key += String.fromCharCode(unit);
      }
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
