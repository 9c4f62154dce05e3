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
  const world = await worldAt(log, beforeSeq, checkpoints);
  const facts: DomainEvent[] = [];
  let open = true;
  for await (const fact of rowsOf(log, beforeSeq, lastSeq)) {
    if (belongs(part, fact, open)) facts.push(fact);
    // An outcome may be added days later; what else the units did by then is no part of this.
    if (fact.kind === 'incidentClosed' && fact.incidentId === part.incidentId) open = false;
  }
  // Without facts of its own it stands where the log stood before.
  const [first, last] = facts.length > 0 ? [facts[0], facts.at(-1)] : await rowAt(log, beforeSeq);
  const fromMs = part.fromMs ?? receivedMs(first);
  return {
    world,
    facts,
    fromMs,
    toMs: part.incidentId === null ? part.toMs : Math.max(fromMs, receivedMs(last)),
  };
}

/** The world when the log had come to `seq`. */
export async function worldAt(
  log: Pick<LogReader, 'after'>,
  seq: number,
  checkpoints: Checkpoints,
): Promise<World> {
  const builder = checkpoints.nearest(seq);
  for await (const fact of rowsOf(log, builder.seq, seq)) {
    builder.add(fact);
    checkpoints.offer(builder);
  }
  return builder.build();
}

const receivedMs = (fact: DomainEvent | undefined): number => (fact ? Date.parse(fact.receivedAt) : 0);

async function rowAt(log: LogReader, seq: number): Promise<readonly (DomainEvent | undefined)[]> {
  const [fact] = seq > 0 ? await log.after(seq - 1, 1) : [];
  return [fact, fact];
}

async function* rowsOf(
  log: Pick<LogReader, 'after'>,
  afterSeq: number,
  toSeq: number,
): AsyncGenerator<DomainEvent> {
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
