import type { LayerName } from '#contract/layer-columns.ts';
import type { RowProblem, TakenUpReply, VersionView } from '#contract/layer.ts';
import { CodedError, type ErrorCode } from '#contract/errors.ts';
import type { AuditDraft } from '../../audit/actions.ts';
import type { Actor } from '../../auth/actor.ts';
import { machineClock, nowIso } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import { RegionError, type RegionErrorCode } from '../../region/error.ts';
import type { RegionInUse } from '../../region/in-use.ts';
import { prepareInThread } from '../../region/layer/index.ts';
import type { LayerTable, PreparedLayer } from '../../region/layer/prepare.ts';
import { currentRegion, type InstalledRegion, listRegions } from '../../region/store.ts';
import {
  installTables,
  requireCurrent,
  restoreVersion,
  type VersionMaker,
  versionToUndo,
} from '../../region/versions.ts';
import { requireAllowed } from '../guard.ts';
import type { Call } from '../unit-of-work.ts';
import { installRegionData } from './install.ts';

export interface LayerDeps extends ServiceDeps {
  region: RegionInUse;
  dataDir: string;
}

interface Held {
  actor: Actor;
  base: InstalledRegion;
  table: Pick<LayerTable, 'layer' | 'file'>;
  prepared: PreparedLayer;
  until: number;
}

/** A preview holds a whole county's tables. */
const MOST_HELD = 4;
const HELD_MS = 30 * 60_000;
const MOST_REPLIES = 100;

/** What an administrator does with the reference layers: previews are held here until they are applied. */
export class LayerDesk {
  readonly #deps: LayerDeps;
  readonly #held = new Map<string, Held>();
  /** Reading a table takes a thread and up to gigabytes of its memory. */
  readonly #reading = oneAtATime();
  /** Replies by Idempotency-Key: an answer that got lost must not have a version undone twice. */
  readonly #replies = new Map<string, Promise<TakenUpReply>>();

  constructor(deps: LayerDeps) {
    this.#deps = deps;
  }

  /** Reads a table against the region in use, after those that came before it. Throws invalidBody for a file that is no table, notFound without a region. */
  async preview(actor: Actor, table: LayerTable): Promise<{ token: string; prepared: PreparedLayer }> {
    requireAllowed(actor, 'layer.load');
    const { clock, dataDir, randomBytes } = this.#deps;
    const { base, prepared } = await this.#reading(async () => {
      const current = await coded(requireCurrent(dataDir));
      return { base: current, prepared: await coded(prepareInThread(table, current)) };
    });
    const token = Buffer.from(randomBytes(12)).toString('base64url');
    const { layer, file } = table;
    this.#held.set(token, { actor, base, table: { layer, file }, prepared, until: clock.now() + HELD_MS });
    for (const oldest of [...this.#held.keys()].slice(0, -MOST_HELD)) this.#held.delete(oldest);
    return { token, prepared };
  }

  /** All problems of a preview. Throws notFound when it is not held any more. */
  problems(actor: Actor, token: string): readonly RowProblem[] {
    return this.#find(actor, token).prepared.problems;
  }

  /**
   * Applies exactly what was previewed, as a new version. Throws conflict when another version came into use since,
   * or while there are problems; notFound when the preview is not held any more.
   */
  apply(call: Call, layer: LayerName, token: string): Promise<TakenUpReply> {
    return this.#once(call, async made => {
      const { base, table, prepared } = this.#find(call.actor, token);
      if (table.layer !== layer) throw new CodedError('notFound', `this is a preview of ${table.layer}`);
      const { problems, changes, reference } = prepared;
      if (problems.length > 0) {
        throw new CodedError('conflict', `${problems.length} rows have problems; nothing is half imported`);
      }
      const audit: AuditDraft = { action: 'layer.apply', resource: layer, detail: { ...changes } };
      const options = this.#into(call.actor, audit);
      const region = await installTables(
        this.#deps.dataDir,
        base,
        reference,
        { ...made, ...table, changes },
        options,
      );
      this.#held.delete(token);
      return region;
    });
  }

  /** Goes back to the version before, as a new one. Throws notFound when there is none. */
  undo(call: Call): Promise<TakenUpReply> {
    return this.#once(call, async made => {
      const wanted = await versionToUndo(this.#deps.dataDir);
      if (!wanted) throw new CodedError('notFound', 'there is no version before this one');
      return this.#restore(call, wanted.manifest.id, made);
    });
  }

  /** Brings any kept version back, as a new one. Throws notFound. */
  use(call: Call, id: string): Promise<TakenUpReply> {
    return this.#once(call, made => this.#restore(call, id, made));
  }

  /** What there is to go back to, newest first. */
  async versions(): Promise<VersionView[]> {
    const { dataDir, region } = this.#deps;
    const current = await currentRegion(dataDir);
    return (await listRegions(dataDir)).map(version => ({
      ...versionView(version),
      current: version.manifest.id === current?.manifest.id,
      otherRoads: !region.fits(version),
    }));
  }

  #restore(call: Call, id: string, made: VersionMaker): Promise<InstalledRegion> {
    const audit: AuditDraft = { action: 'layer.restore', resource: id };
    return restoreVersion(this.#deps.dataDir, id, made, this.#into(call.actor, audit));
  }

  /** Into the database before the switch, so that a failure leaves everything as it was. Other roads wait. */
  #into(actor: Actor, audit: AuditDraft) {
    const beforeSwitch = async (region: InstalledRegion) => {
      if (this.#deps.region.fits(region)) await installRegionData(this.#deps, region, { actor }, audit);
    };
    return { beforeSwitch };
  }

  #once(call: Call, make: (made: VersionMaker) => Promise<InstalledRegion>): Promise<TakenUpReply> {
    const { actor, idempotency } = call;
    requireAllowed(actor, 'layer.load');
    const run = async () => {
      const by = actor.kind === 'user' ? actor.username : actor.kind;
      const installed = await coded(make({ by, createdAt: nowIso(machineClock(this.#deps.clock)) }));
      this.#deps.region.replace(installed);
      return { id: installed.manifest.id, restartNeeded: this.#deps.region.restartNeeded };
    };
    if (!idempotency) return run();
    const key = `${idempotency.key} ${Buffer.from(idempotency.requestHash).toString('base64')}`;
    const earlier = this.#replies.get(key);
    if (earlier) return earlier;
    const reply = run();
    this.#replies.set(key, reply);
    // What failed may be tried again.
    reply.catch(() => this.#replies.delete(key));
    for (const oldest of [...this.#replies.keys()].slice(0, -MOST_REPLIES)) this.#replies.delete(oldest);
    return reply;
  }

  /** Previews are their maker's own. */
  #find(actor: Actor, token: string): Held {
    const held = this.#held.get(token);
    const own = held?.actor.kind === 'user' && actor.kind === 'user' && held.actor.userId === actor.userId;
    if (!held || !own || held.until < this.#deps.clock.now()) {
      throw new CodedError('notFound', 'this preview is not held any more; load the file again');
    }
    return held;
  }
}

function versionView({ manifest }: InstalledRegion): Omit<VersionView, 'current' | 'otherRoads'> {
  const { id, createdAt, version, fictional, counts } = manifest;
  return {
    id,
    createdAt,
    kind: version?.kind ?? (fictional ? 'generate' : 'import'),
    layer: version?.layer ?? null,
    by: version?.by ?? 'cli',
    file: version?.file ?? null,
    changes: version?.changes ?? null,
    restoresId: version?.restores ?? null,
    counts,
  };
}

const codes: Partial<Record<RegionErrorCode, ErrorCode>> = {
  conflict: 'conflict',
  notFound: 'notFound',
  notInstalled: 'notFound',
  unsupported: 'tooLarge',
};

/** What is wrong with a file or a version, as the caller is told it. */
async function coded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof RegionError)) throw error;
    throw new CodedError(codes[error.code] ?? 'invalidBody', error.message);
  }
}
