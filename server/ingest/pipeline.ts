/** A ping's way in, from any feed. The acknowledgement comes after the commit. */
import { setImmediate as turn } from 'node:timers/promises';
import type { PositionsReply } from '#contract/position.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../live/directory.ts';
import type { Fix } from '../live/fix.ts';
import type { GroupCommit, Lane } from './group-commit.ts';
import { type Decoded, isPing, type Ping } from './ping.ts';
import {
  attribute,
  draftOf,
  identify,
  normaliseCoordinates,
  type Reporter,
  type Stage,
  validate,
} from './stages.ts';

/**
 * The stages in order. Before them an adapter decodes; after them the store drops what it already has (dedupe), keeps
 * each device's order in one writer, commits, and publishes what was new.
 */
const stages: readonly Stage[] = [attribute, normaliseCoordinates, validate, identify];

/** More fixes in one request, or older ones, are a back-fill: they yield to live positions. */
const liveBatch = 500;
const liveWithinMs = 10 * 60_000;
/** Pings that are worked on before others get the event loop. */
const slice = 250;

export interface PipelineDeps {
  clock: Clock;
  directory: Pick<Directory, 'unit' | 'devicesNamed' | 'ensure'>;
  writer: Pick<GroupCommit, 'submit'>;
}

/** Counted since the start, for the metrics. */
export interface IngestCounts {
  accepted: number;
  duplicates: number;
  future: number;
  /** By reason. */
  rejected: Map<string, number>;
}

export class Pipeline {
  readonly counts: IngestCounts = { accepted: 0, duplicates: 0, future: 0, rejected: new Map() };
  readonly #deps: PipelineDeps;

  constructor(deps: PipelineDeps) {
    this.#deps = deps;
  }

  /**
   * Takes the reports of one request: sound ones are stored, the others are named with their index and reason.
   * `decode` reads one item. Throws what the store throws; then nothing is acknowledged and the sender tries again.
   */
  async accept<Item>(
    reporter: Reporter,
    items: readonly Item[],
    decode: (item: Item) => Decoded,
  ): Promise<PositionsReply> {
    const receivedAtMs = this.#deps.clock.now();
    const fixes: Fix[] = [];
    const rejected: PositionsReply['rejected'] = [];
    for (let start = 0; start < items.length; start += slice) {
      if (start > 0) await turn();
      const decoded = items.slice(start, start + slice).map(decode);
      await this.#lookUp(reporter, decoded.filter(isPing));
      for (const [offset, report] of decoded.entries()) {
        const result = isPing(report) ? this.#fixOf(report, reporter, receivedAtMs) : report.reason;
        if (typeof result === 'string') rejected.push({ index: start + offset, reason: result });
        else fixes.push(result);
      }
    }
    const accepted = await this.#deps.writer.submit(fixes, laneOf(fixes, receivedAtMs));
    this.#count(fixes, accepted, rejected);
    return { accepted, duplicates: fixes.length - accepted, rejected };
  }

  #lookUp(reporter: Reporter, pings: readonly Ping[]): Promise<void> {
    const unitIds = pings.flatMap(ping => ping.unitId ?? []);
    if (reporter.unitId !== null) unitIds.push(reporter.unitId);
    const identifiers = reporter.protocol === 'gateway' ? pings.flatMap(ping => ping.identifier ?? []) : [];
    const carriers = identifiers.flatMap(name =>
      this.#deps.directory.devicesNamed(name).flatMap(device => device.unitId ?? []),
    );
    return this.#deps.directory.ensure([...unitIds, ...carriers], identifiers);
  }

  #fixOf(ping: Ping, reporter: Reporter, receivedAtMs: number): Fix | string {
    const draft = draftOf(ping, receivedAtMs);
    const context = { reporter, directory: this.#deps.directory, receivedAtMs };
    for (const stage of stages) {
      const reason = stage(draft, context);
      if (reason !== undefined) return reason;
    }
    return draft.fix;
  }

  #count(fixes: readonly Fix[], accepted: number, rejected: PositionsReply['rejected']): void {
    const { counts } = this;
    counts.accepted += accepted;
    counts.duplicates += fixes.length - accepted;
    counts.future += fixes.filter(fix => fix.future).length;
    for (const { reason } of rejected) {
      // Reasons come from a few fixed texts and zod's; a cap keeps strange bodies from filling the memory.
      const name = counts.rejected.has(reason) || counts.rejected.size < 100 ? reason : 'other';
      counts.rejected.set(name, (counts.rejected.get(name) ?? 0) + 1);
    }
  }
}

function laneOf(fixes: readonly Fix[], receivedAtMs: number): Lane {
  const old = fixes.every(fix => fix.observedAtMs < receivedAtMs - liveWithinMs);
  return fixes.length > liveBatch || old ? 'backfill' : 'live';
}
