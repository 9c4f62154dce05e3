/** What was, read again from the log: the world at a moment, and the facts that followed it. */
import type { DomainEvent } from '#domain/event/event.ts';
import type { World } from '#domain/world.ts';
import { WorldBuilder } from '../live/world.ts';

/** The part of the log that is wanted: an incident from its beginning or from a moment on, or a span of the whole centre. */
export type Part =
  | { incidentId: string; fromSeq?: number; fromMs?: number }
  | { incidentId: null; fromMs: number; toMs: number };

export interface Recording {
  /** The world before the first fact. */
  world: World;
  /** In seq order. Of an incident: its own, and what belongs to none while it was open. */
  facts: DomainEvent[];
  /** ms since 1970: from the moment asked for, or the first fact, to the last one or the end of the span. */
  fromMs: number;
  toMs: number;
}

const pageSize = 5000;

/** Reads a part. `read` gives the rows of the log after a seq, oldest first. An incident without facts gives none. */
export async function readRecording(
  read: (afterSeq: number, limit: number) => Promise<DomainEvent[]>,
  part: Part,
): Promise<Recording> {
  const before = new WorldBuilder();
  const facts: DomainEvent[] = [];
  let begun = false;
  let open = true;
  let lastMs = 0;
  for await (const fact of rowsOf(read)) {
    if (part.incidentId === null && Date.parse(fact.receivedAt) > part.toMs) break;
    begun ||= begins(part, fact);
    if (!begun) before.add(fact);
    else if (belongs(part, fact, open)) facts.push(fact);
    else continue;
    lastMs = Date.parse(fact.receivedAt);
    // An outcome may be added days later; what else the units did by then is no part of this.
    if (fact.kind === 'incidentClosed' && fact.incidentId === part.incidentId) open = false;
  }
  const first = facts[0] ? Date.parse(facts[0].receivedAt) : lastMs;
  const fromMs = part.fromMs ?? first;
  return {
    world: before.build(),
    facts,
    fromMs,
    toMs: part.incidentId === null ? part.toMs : Math.max(fromMs, lastMs),
  };
}

async function* rowsOf(read: (afterSeq: number, limit: number) => Promise<DomainEvent[]>) {
  for (let seq = 0; ; ) {
    const page = await read(seq, pageSize);
    yield* page;
    if (page.length < pageSize) return;
    seq = page.at(-1)!.seq;
  }
}

function begins(part: Part, fact: DomainEvent): boolean {
  if (part.incidentId !== null && part.fromSeq !== undefined) return fact.seq > part.fromSeq;
  if (part.fromMs !== undefined) return Date.parse(fact.receivedAt) >= part.fromMs;
  return fact.incidentId === part.incidentId;
}

const belongs = (part: Part, { incidentId, kind }: DomainEvent, open: boolean): boolean =>
  part.incidentId === null ||
  incidentId === part.incidentId ||
  // It takes the station from incidents too, closed ones among them.
  (incidentId === null && (open || kind === 'stationRemoved'));
