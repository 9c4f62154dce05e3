/** The world that the server holds: reduced from the log at start, kept by the tail. */
import { apply, type Fact } from '#domain/apply.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { emptyWorld, type World } from '#domain/world.ts';

/**
 * The world after a whole log, in time linear in its length: a fact touches one incident, one unit or the region, so
 * each of these is reduced in a small world of its own by the same `apply`, and the parts are put together at the end.
 * (Applying one by one copies the table of all incidents for every fact.)
 */
export class WorldBuilder {
  readonly #parts: Map<string, World>;
  #seq = 0;

  constructor(parts: ReadonlyMap<string, World> = new Map()) {
    this.#parts = new Map(parts);
  }

  /** The last fact that is in. */
  get seq(): number {
    return this.#seq;
  }

  /** Goes on by itself from here: parts never change in place, so the copy costs no more than their list. */
  copy(): WorldBuilder {
    const copy = new WorldBuilder(this.#parts);
    copy.#seq = this.#seq;
    return copy;
  }

  /** Facts come in seq order; one that is already in changes nothing. */
  add(fact: Fact): void {
    if (fact.seq <= this.#seq) return;
    this.#seq = fact.seq;
    // The one kind that touches many parts; it comes with a new region, so seldom.
    if (fact.kind === 'stationRemoved') {
      for (const [key, part] of this.#parts) this.#parts.set(key, apply(part, fact));
      return;
    }
    const key = partOf(fact);
    this.#parts.set(key, apply(this.#parts.get(key) ?? emptyWorld, fact));
  }

  build(): World {
    const world: World = { ...structuredClone(emptyWorld), seq: this.#seq };
    for (const part of this.#parts.values()) {
      Object.assign(world.units, part.units);
      Object.assign(world.incidents, part.incidents);
      Object.assign(world.tasks, part.tasks);
      Object.assign(world.closures, part.closures);
      Object.assign(world.downCameras, part.downCameras);
      world.region = part.region ?? world.region;
      if (part.handover) world.handover = part.handover;
    }
    return world;
  }
}

function partOf(fact: DomainEvent): string {
  switch (fact.kind) {
    case 'regionInstalled':
    case 'stationRemoved':
    case 'deviceRegistered':
    case 'priorsSet':
      return 'region';
    case 'roadClosed':
    case 'roadOpened':
      return fact.payload.closureId;
    case 'cameraStateChanged':
      return `camera ${fact.payload.cameraId}`;
    case 'handoverSigned':
    case 'handoverTaken':
      return 'handover';
    case 'unitCreated':
    case 'unitStateChanged':
    case 'shiftPlanned':
    case 'shiftChanged':
    case 'shiftCancelled':
      return fact.payload.unitId;
    default:
      return fact.payload.incidentId;
  }
}

/** The world now, and the last facts that led to it, for those who missed only a few. */
export class LiveWorld {
  current: World;
  readonly #capacity: number;
  #recent: Fact[];

  /** `recent`: the last facts of the log up to `world.seq`, without gaps. */
  constructor(world: World, recent: readonly Fact[], capacity = 2000) {
    this.current = world;
    this.#capacity = capacity;
    this.#recent = recent.slice(-capacity);
  }

  /** The next fact in seq order. False, and nothing changes, when it is already in. */
  accept(fact: Fact): boolean {
    if (fact.seq <= this.current.seq) return false;
    this.current = apply(this.current, fact);
    this.#recent.push(fact);
    if (fact.kind === 'incidentArchived')
      this.#recent = this.#recent.map(each =>
        each.incidentId === fact.incidentId ? withoutPrivate(each) : each,
      );
    // Cut seldom: moving the array for every fact would cost more than the spare room.
    if (this.#recent.length >= 2 * this.#capacity) this.#recent = this.#recent.slice(-this.#capacity);
    return true;
  }

  /** The facts after `seq` in order; undefined when they are no longer all here, or `seq` is not of this log. */
  factsAfter(seq: number): readonly Fact[] | undefined {
    const missed = this.current.seq - seq;
    if (!Number.isSafeInteger(seq) || missed < 0 || missed > this.#recent.length) return undefined;
    return this.#recent.slice(this.#recent.length - missed);
  }
}

/** The fact alone: what was joined to it must not outlive its incident. */
function withoutPrivate(fact: Fact): Fact {
  const { private: _, ...bare } = fact;
  return bare;
}
