import type { TrackMessage } from '#contract/replay.ts';
import { PROTOCOL_VERSION, type SnapshotMessage } from '#contract/stream.ts';
import type { Fact } from '#domain/apply.ts';
import type { World } from '#domain/world.ts';
import { boundsOfIncident, boundsOfSpan, logAfter } from '../../../db/queries/log-after.ts';
import type { Database } from '../../../db/connect.ts';
import type { Actor, UserActor } from '../../auth/actor.ts';
import { can } from '../../auth/policy.ts';
import type { ServiceDeps } from '../../deps.ts';
import { withSubject } from '../../live/follow.ts';
import type { Checkpoints } from '../../replay/checkpoints.ts';
import { type LogReader, type Part, readRecording, type Recording } from '../../replay/recording.ts';
import { factFor, seesFact, worldFor } from '../../stream/project.ts';
import { type ScopeClass, scopeOf, seesUnit } from '../../stream/scope.ts';
import { databaseVault } from '../../stream/vault.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { tracksBetween } from '../track/read.ts';
import { perform } from '../unit-of-work.ts';

/** A recording as one viewer may see it. */
export interface OpenRecording {
  snapshot: SnapshotMessage;
  facts: Fact[];
  fromMs: number;
  toMs: number;
  /** Where the units were meanwhile, read while it is sent. */
  tracks: () => AsyncGenerator<TrackMessage>;
}

/** Officers are at work for this long before an alert comes, and longer than this nobody watches them. */
const leadMs = 5 * 60_000;
const longestTracksMs = 24 * 3_600_000;

/**
 * Opens a recording of an incident, or of a span of the whole centre. Who replays what is audited before anything is
 * read. `now`: the server's world, by which the viewer's reach is decided: a replay shows nobody more than he may see
 * today.
 * `checkpoints` are the server's. Throws notFound, forbidden.
 */
export async function openRecording(
  deps: ServiceDeps,
  actor: Actor,
  part: Part,
  { now, checkpoints }: { now: World; checkpoints: Checkpoints },
): Promise<OpenRecording> {
  const { reply: user } = await perform<UserActor>(deps, { actor }, async work => {
    if (part.incidentId === null) requireAllowed(actor, 'replay.centre');
    else await loadIncident(work.tx, actor, 'replay.open', part.incidentId);
    const { incidentId, ...detail } = part;
    work.audit({
      action: 'replay.open',
      resource: incidentId ?? 'centre',
      ...(incidentId !== null && { incidentId }),
      detail,
    });
    return requireUser(actor, 'only a person can watch a replay');
  });
  const recording = await readRecording(readerOf(deps.database), part, checkpoints);
  const scope = scopeOf(user, now);
  const subjects = await databaseVault(deps.database).subjects(
    part.incidentId === null ? undefined : [part.incidentId],
  );
  return {
    snapshot: snapshotOf(recording, scope, part, subjects),
    facts: recording.facts
      .filter(fact => seesFact(scope, now, fact))
      .map(fact => factFor(withSubject(fact, subjects), { subject: scope.subjects, view: undefined })),
    fromMs: recording.fromMs,
    toMs: recording.toMs,
    tracks: () => tracksOf(deps, user, scope, now, recording),
  };
}

/** The log of a database. */
export const readerOf = (database: Database): LogReader => ({
  after: (seq, limit) => database.read(tx => logAfter(tx, seq, limit)),
  bounds: part =>
    database.read(tx =>
      part.incidentId === null
        ? boundsOfSpan(tx, part.fromMs, part.toMs)
        : boundsOfIncident(tx, part.incidentId, startOf(part)),
    ),
});

const startOf = ({ fromSeq, fromMs }: Extract<Part, { incidentId: string }>) =>
  fromSeq !== undefined ? { seq: fromSeq } : fromMs !== undefined ? { ms: fromMs } : undefined;

type Subjects = Awaited<ReturnType<ReturnType<typeof databaseVault>['subjects']>>;

function snapshotOf(
  { world, fromMs }: Recording,
  scope: ScopeClass,
  { incidentId }: Part,
  subjects: Subjects,
): SnapshotMessage {
  const named = Object.entries(world.incidents)
    .filter(([id]) => incidentId === null || id === incidentId)
    .map(([id, incident]) => {
      const subject = subjects.get(id);
      return [id, subject ? { ...incident, subject } : incident] as const;
    });
  const tasks = Object.entries(world.tasks).filter(
    ([, task]) => incidentId === null || task.incidentId === incidentId,
  );
  const part: World = { ...world, incidents: Object.fromEntries(named), tasks: Object.fromEntries(tasks) };
  return {
    protocol: PROTOCOL_VERSION,
    seq: world.seq,
    serverTime: new Date(fromMs).toISOString(),
    world: worldFor(scope, part),
    positions: '',
  };
}

async function* tracksOf(
  { database }: ServiceDeps,
  user: UserActor,
  scope: ScopeClass,
  { units }: World,
  { fromMs, toMs }: Recording,
): AsyncGenerator<TrackMessage> {
  const untilMs = Math.min(toMs, fromMs + longestTracksMs);
  for await (const chunks of tracksBetween(database, fromMs - leadMs, untilMs + 1)) {
    for (const { unitId, windowAtMs, body } of chunks) {
      const unit = units[unitId];
      if (!unit || !seesUnit(scope, unit.stationId) || can(user, 'unit.track', unit) !== 'allow') continue;
      const chunk = Buffer.from(body).toString('base64');
      yield { unitId, windowAt: new Date(windowAtMs).toISOString(), chunk };
    }
  }
}
