/** A recording in the browser: the world and the positions at any of its moments, as they were known or as they were. Pure. */
import type { RecordedMessage } from '#contract/replay.ts';
import { positionRecordBytes, writePositionRecord } from '#contract/stream.ts';
import { apply, type Fact } from '#domain/apply.ts';
import { fixAt, type Track } from '#domain/track/track.ts';
import type { World } from '#domain/world.ts';

/** `known`: a fact counts from when the centre learned of it. `was`: from when it happened. */
export type Order = 'known' | 'was';

export interface Moment {
  atMs: number;
  fact: Fact;
}

/** A world is kept after so many facts, so that a seek applies fewer than that. */
const checkpointEvery = 64;

export class Recording {
  readonly fromMs: number;
  readonly toMs: number;
  readonly #world: World;
  readonly #moments: Readonly<Record<Order, readonly Moment[]>>;
  readonly #checkpoints: Record<Order, World[]>;
  readonly #tracks: ReadonlyMap<string, Track>;

  constructor(world: World, facts: readonly Fact[], tracks: ReadonlyMap<string, Track>, end: Span) {
    this.#world = world;
    this.#moments = { known: asKnown(facts), was: asItWas(facts, world.seq) };
    this.#checkpoints = { known: [world], was: [world] };
    this.#tracks = tracks;
    this.fromMs = end.fromMs;
    this.toMs = end.toMs;
  }

  /** The facts in the order in which they count, each with its instant. */
  moments(order: Order): readonly Moment[] {
    return this.#moments[order];
  }

  /** How many facts count at an instant. */
  countAt(order: Order, atMs: number): number {
    const moments = this.#moments[order];
    let [low, high] = [0, moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (moments[middle]!.atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The world after the first `count` facts; the same object when it is asked for again at once. */
  worldAfter(order: Order, count: number): World {
    const kept = this.#checkpoints[order];
    const moments = this.#moments[order];
    while (kept.length * checkpointEvery <= count) {
      const from = (kept.length - 1) * checkpointEvery;
      kept.push(reduce(kept.at(-1)!, moments.slice(from, from + checkpointEvery)));
    }
    const nearest = Math.floor(count / checkpointEvery);
    return reduce(kept[nearest] ?? this.#world, moments.slice(nearest * checkpointEvery, count));
  }

  /** The position records of a world's units at an instant; a unit stays where it was last heard of. */
  positionsAt(order: Order, atMs: number, { units }: World): Uint8Array {
    const placed = Object.values(units).flatMap(({ id, slot }) => {
      const track = this.#tracks.get(id);
      const index = track ? lastFix(track, order, atMs) : -1;
      return track && index >= 0 ? { slot, fix: fixAt(track, index) } : [];
    });
    const bytes = new Uint8Array(placed.length * positionRecordBytes);
    const view = new DataView(bytes.buffer);
    placed.forEach(({ slot, fix: { lng, lat, speedMps, courseDeg, observedAtMs } }, index) =>
      writePositionRecord(view, index * positionRecordBytes, {
        slot,
        lng,
        lat,
        ageS: (atMs - observedAtMs) / 1000,
        speedMps: speedMps ?? 0,
        courseDeg: courseDeg ?? 0,
      }),
    );
    return bytes;
  }
}

export interface Span {
  fromMs: number;
  toMs: number;
}

const reduce = (world: World, moments: readonly Moment[]): World =>
  moments.reduce((before, { fact }) => apply(before, fact), world);

const asKnown = (facts: readonly Fact[]): Moment[] =>
  facts.map(fact => ({ atMs: Date.parse(fact.receivedAt), fact }));

/** Nothing is told of an incident before it was opened: what happened earlier shows from then on. Seqs follow the new order. */
function asItWas(facts: readonly Fact[], afterSeq: number): Moment[] {
  const openedAt = new Map(
    facts.flatMap(fact =>
      fact.kind === 'incidentOpened' ? [[fact.payload.incidentId, Date.parse(fact.observedAt)] as const] : [],
    ),
  );
  return facts
    .map(fact => ({
      atMs: Math.max(Date.parse(fact.observedAt), openedAt.get(fact.incidentId ?? '') ?? 0),
      fact,
    }))
    .sort((a, b) => a.atMs - b.atMs || a.fact.seq - b.fact.seq)
    .map(({ atMs, fact }, index) => ({ atMs, fact: { ...fact, seq: afterSeq + index + 1 } }));
}

/** The newest fix that counts at an instant, −1 when there is none; fixes of a clock that was ahead never do. */
function lastFix(track: Track, order: Order, atMs: number): number {
  let [low, high] = [0, track.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (track.observedAtMs[middle]! <= atMs) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) {
    const heard = order === 'was' || track.receivedAtMs[index]! <= atMs;
    if (heard && track.future[index] !== 1) return index;
  }
  return -1;
}

/** Later than this is late, s: below, it is how long people take to write a thing down. */
export const lateFromS = 60;

/**
 * How long after it happened the centre learned of a fact, s, when that is late; null otherwise. What the centre reckons
 * itself is never late: a belief is about the moment of the last fact that it knows.
 */
export function lateS({ kind, observedAt, receivedAt }: Fact): number | null {
  const delayS = (Date.parse(receivedAt) - Date.parse(observedAt)) / 1000;
  return kind !== 'beliefComputed' && delayS >= lateFromS ? delayS : null;
}

/** A message as it came: the event's name and its data. Undefined for what this client does not know. */
export function recordedMessage(type: string, data: string): RecordedMessage | undefined {
  switch (type) {
    case 'fact':
      return { type, fact: JSON.parse(data) as Fact };
    case 'snapshot':
    case 'track':
    case 'end':
      return { type, ...(JSON.parse(data) as object) } as RecordedMessage;
    default:
      return undefined;
  }
}
