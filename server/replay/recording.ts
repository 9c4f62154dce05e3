/** What was, read again from the log: the world at a moment, and the facts that followed it. */
import type { DomainEvent } from '#domain/event/event.ts';
import type { World } from '#domain/world.ts';
import { Checkpoints } from './checkpoints.ts';

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

/** What a recording asks of the log. */
export interface LogReader {
  /** Rows after a seq, oldest first. */
  after(seq: number, limit: number): Promise<DomainEvent[]>;
  /** The seqs between which a part lies: the last row before it, and its last one. */
  bounds(part: Part): Promise<{ beforeSeq: number; lastSeq: number }>;
}

const pageSize = 5000;

/** Reads a part. An incident without facts gives none. `checkpoints` are used, and added to. */
export async function readRecording(
  log: LogReader,
  part: Part,
  checkpoints: Checkpoints = new Checkpoints(),
): Promise<Recording> {
  const { beforeSeq, lastSeq } = await log.bounds(part);
  const before = checkpoints.nearest(beforeSeq);
  let beganMs = 0;
  for await (const fact of rowsOf(log, before.seq, beforeSeq)) {
    before.add(fact);
    checkpoints.offer(before);
    beganMs = Date.parse(fact.receivedAt);
  }
  if (beganMs === 0 && beforeSeq > 0)
    beganMs = Date.parse((await log.after(beforeSeq - 1, 1))[0]!.receivedAt);
  const facts: DomainEvent[] = [];
  let open = true;
  for await (const fact of rowsOf(log, beforeSeq, lastSeq)) {
    if (belongs(part, fact, open)) facts.push(fact);
    // An outcome may be added days later; what else the units did by then is no part of this.
    if (fact.kind === 'incidentClosed' && fact.incidentId === part.incidentId) open = false;
  }
  const lastMs = facts.length > 0 ? Date.parse(facts.at(-1)!.receivedAt) : beganMs;
  const fromMs = part.fromMs ?? (facts[0] ? Date.parse(facts[0].receivedAt) : lastMs);
  return {
    world: before.build(),
    facts,
    fromMs,
    toMs: part.incidentId === null ? part.toMs : Math.max(fromMs, lastMs),
  };
}

async function* rowsOf(log: LogReader, afterSeq: number, toSeq: number): AsyncGenerator<DomainEvent> {
  for (let seq = afterSeq; seq < toSeq; ) {
    const page = await log.after(seq, Math.min(pageSize, toSeq - seq));
    for (const fact of page) if (fact.seq <= toSeq) yield fact;
    const last = page.at(-1);
    if (!last) return;
    seq = last.seq;
  }
}

const belongs = (part: Part, { incidentId, kind }: DomainEvent, open: boolean): boolean =>
  part.incidentId === null ||
  incidentId === part.incidentId ||
  // It takes the station from incidents too, closed ones among them.
  (incidentId === null && (open || kind === 'stationRemoved'));
