/** One unit of a running episode: where it is, what it drives, when something happens to it. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import { detectionOf } from '#domain/detection.ts';
import type { Snap } from '#road/access.ts';
import type { DrivenPiece, Driving } from './driving.ts';
import type { ParkedCar } from './finding.ts';
import type { ArenaUnit } from './policy.ts';
import type { ArenaTarget } from './region.ts';

interface Order {
  target: ArenaTarget;
  method: SearchMethod;
  snap: Snap;
}

/** Contacts nearer to each other than this are one pass. */
const samePassS = 30;

export class UnitRun {
  readonly id: string;
  drivenM = 0;
  order: Order | null = null;
  /** When it arrives, or its search ends; Infinity while it is idle. */
  dueS = Infinity;
  private doing: ArenaUnit['doing'] = 'idle';
  private at: Snap;
  /** What it drives and has driven since it last stood; absolute seconds. */
  private pieces: DrivenPiece[] = [];
  private done = 0;
  private contacts: number[] = [];
  private lastContactS = -Infinity;
  private passes = 0;
  private readonly driving: Driving;
  private readonly car: ParkedCar;

  constructor(id: string, at: Snap, driving: Driving, car: ParkedCar) {
    this.id = id;
    this.at = at;
    this.driving = driving;
    this.car = car;
  }

  get isIdle(): boolean {
    return this.doing === 'idle';
  }
  get isSearching(): boolean {
    return this.doing === 'searching';
  }
  get nextContactS(): number {
    return this.contacts[0] ?? Infinity;
  }

  view(nowS: number): ArenaUnit {
    const { id, doing } = this;
    const targetId = this.order?.target.id ?? null;
    if (doing === 'searching') return { id, at: this.at, freeAtS: this.dueS, doing, targetId };
    if (doing === 'idle') return { id, at: this.at, freeAtS: nowS, doing, targetId };
    const { at, atS } = this.turningPoint(nowS);
    return { id, at, freeAtS: atS, doing, targetId };
  }

  /** Sends it on its way, from the next junction if it drives; false where no road leads. */
  send(order: Order, nowS: number): boolean {
    if (this.doing === 'travelling' && this.order?.target.id === order.target.id) {
      this.order = order;
      return true;
    }
    const { at, atS, kept } = this.turningPoint(nowS);
    const way = this.driving.way(at, order.snap);
    if (!way) return false;
    this.pieces.length = kept;
    this.contacts = this.contacts.filter(contactS => contactS <= atS);
    this.contacts.push(...this.car.passes(way.pieces, atS));
    for (const piece of way.pieces)
      this.pieces.push({ ...piece, fromS: piece.fromS + atS, toS: piece.toS + atS });
    this.order = order;
    this.doing = 'travelling';
    this.dueS = atS + way.travelTimeS;
    return true;
  }

  /** Takes note of a contact with her car that is due; the number of the pass if it is a new one, else null. */
  meetContact(): number | null {
    const atS = this.contacts.shift()!;
    const isNew = atS - this.lastContactS > samePassS;
    this.lastContactS = atS;
    return isNew ? ++this.passes : null;
  }

  arrive(nowS: number): void {
    const { target, method, snap } = this.order!;
    this.at = snap;
    this.doing = 'searching';
    this.dueS = nowS + detectionOf(target, method).durationS;
  }

  finish(): Order {
    const order = this.order!;
    this.order = null;
    this.doing = 'idle';
    this.dueS = Infinity;
    return order;
  }

  /** The whole edges that it has driven since the last call, with the moment at which it had. */
  takeDriven(nowS: number): [edge: number, atS: number][] {
    const edges: [number, number][] = [];
    while (this.done < this.pieces.length && this.pieces[this.done]!.toS <= nowS) {
      const { edge, first, second, toS } = this.pieces[this.done++]!;
      const share = Math.abs(second - first);
      this.drivenM += share * this.driving.graph.edgeLengthM[edge]!;
      if (share === 1) edges.push([edge, Math.round(toS * 10) / 10]);
    }
    if (this.doing !== 'travelling') {
      this.pieces = [];
      this.done = 0;
    }
    return edges;
  }

  /** Where and when it can be turned round, and how many of its pieces it drives before. */
  private turningPoint(nowS: number): { at: Snap; atS: number; kept: number } {
    const current = this.pieces.findIndex(piece => piece.toS > nowS);
    if (this.doing !== 'travelling' || this.pieces.length === 0) return { at: this.at, atS: nowS, kept: 0 };
    if (current < 0) return { at: this.order!.snap, atS: nowS, kept: this.pieces.length };
    const piece = this.pieces[current]!;
    return { at: this.driving.endOf(piece), atS: Math.max(nowS, piece.toS), kept: current + 1 };
  }
}
