import { setTimeout } from 'node:timers/promises';
import { CodedError } from '#contract/errors.ts';
import { mostDraws, type SaidChange, type WhatIfBody, type WhatIfView } from '#contract/what-if.ts';
import type { World } from '#domain/world.ts';
import type { Database } from '../../../db/connect.ts';
import { aboutCase } from '../../../db/queries/belief.ts';
import {
  lastRowBy,
  receivedMsOf,
  type RecordedSighting,
  recordedSightings,
  whatIfsOf,
} from '../../../db/queries/what-if.ts';
import { whatIf } from '../../../db/schema/index.ts';
import type { Actor, UserActor } from '../../auth/actor.ts';
import { contextOf, lookContextOf } from '../../auth/reach.ts';
import type { AppDeps } from '../../deps.ts';
import { type Fixes, readPriors, unitsFor } from '../../locating/gather.ts';
import type { BeliefQuestion } from '../../locating/protocol.ts';
import type { Checkpoints } from '../../replay/checkpoints.ts';
import { worldAt } from '../../replay/recording.ts';
import type { Problem } from '../../replay/what-if/solve.ts';
import { solveInThread } from '../../replay/what-if/thread.ts';
import { notFound } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { withReplayGrant } from '../look/authorise.ts';
import { readTracksOf } from '../track/read.ts';
import { perform } from '../unit-of-work.ts';
import { readerOf } from './open.ts';
import { maySee } from './trace.ts';

interface Asked {
  actor: Actor;
  incidentId: string;
  reason: string | undefined;
  body: WhatIfBody;
}

/** A fix that is older says little of where a unit is. */
const oldestFixMs = 15 * 60_000;
/** Whether the caller may still see the trace is asked this often while it is run on. */
const askedEveryMs = 1000;
/** Each takes a core for a while. */
const mostAtOnce = 1;
let running = 0;

/**
 * Runs two futures of a moment of a case and keeps what came of it. A look at the recorded trace, audited before anything is
 * read, and stopped when the trace may be seen no longer. Throws what `withReplayGrant` does, invalidBody for a unit, target or
 * sighting that there was not, tooManyRequests while another one runs, conflict without a region.
 */
export async function runFork(
  deps: AppDeps,
  { actor, incidentId, reason, body }: Asked,
  checkpoints: Checkpoints,
): Promise<WhatIfView> {
  const most = mostDraws[body.policy];
  if (
    body.draws > most ||
    body.changes.some(each => each.kind === 'policy' && body.draws > mostDraws[each.policy])
  )
    throw new CodedError(
      'invalidBody',
      `body field draws: expected at most ${mostDraws.plan} where our plan decides`,
    );
  const { user } = await withReplayGrant(deps, actor, incidentId, reason, async (work, granted) => {
    const detail = { authorityId: granted.authority.id, changes: body.changes.map(({ kind }) => kind) };
    work.audit({ action: 'replay.whatIf', resource: incidentId, incidentId, reason: granted.reason, detail });
    return granted;
  });
  if (!deps.forks || !deps.router)
    throw new CodedError('conflict', 'no region is installed: nothing can be run on');
  if (running >= mostAtOnce)
    throw new CodedError('tooManyRequests', 'another what-if is being worked out; try again in a minute');
  running++;
  try {
    const fork = await forkOf(deps, user, incidentId, body, checkpoints);
    const changes = await saidChanges(deps, body, fork);
    const tables = await deps.forks.tables.read();
    const task = { road: deps.forks.road, tables, problem: fork.problem };
    const result = await whileSeen(deps, user, incidentId, signal => solveInThread(task, signal));
    return await keep(deps, user, { ...fork.head, incidentId, changes, result });
  } finally {
    running--;
  }
}

/** The forks of a case that were run on, newest first. Throws notFound, forbidden. */
export async function listForks(deps: AppDeps, actor: Actor, incidentId: string): Promise<WhatIfView[]> {
  return deps.database.read(async tx => {
    await loadIncident(tx, actor, 'replay.open', incidentId);
    return whatIfsOf(tx, incidentId);
  }, contextOf(actor));
}

interface Fork {
  head: Pick<WhatIfView, 'seq' | 'at' | 'seed' | 'draws' | 'horizonMin' | 'policy'>;
  problem: Problem;
  units: BeliefQuestion['units'];
  sightings: readonly RecordedSighting[];
}

async function forkOf(
  deps: AppDeps,
  user: UserActor,
  incidentId: string,
  body: WhatIfBody,
  checkpoints: Checkpoints,
): Promise<Fork> {
  const { seed, draws, horizonMin, policy, changes } = body;
  const { seq, atMs } = await momentOf(deps.database, incidentId, body);
  const world = await worldAt(readerOf(deps.database), seq, checkpoints);
  if (world.incidents[incidentId]?.state !== 'open')
    throw new CodedError('invalidBody', 'body field at: expected a moment at which the incident was open');
  const read = await deps.database.read(
    async tx => ({
      about: await aboutCase(tx, incidentId),
      sightings: await recordedSightings(tx, incidentId, atMs),
      priors: await readPriors(tx),
    }),
    lookContextOf(user, incidentId, deps.clock.now()),
  );
  const { about, sightings, priors } = read;
  if (!about) throw notFound('incident');
  const { units } = unitsFor(world, await fixesAt(deps, world, atMs), incidentId, atMs);
  return {
    head: { seq, at: new Date(atMs).toISOString(), seed, draws, horizonMin, policy },
    units,
    sightings,
    problem: {
      about,
      priors,
      atMs,
      seed,
      draws,
      horizonMin,
      policy,
      changes,
      sightings: sightings.filter(({ stood }) => stood),
      laterSightings: sightings.filter(({ receivedAtMs }) => receivedAtMs > atMs),
      units: units.map(({ id, at }) => ({ id, at: at.position })),
      orders: units.flatMap(({ id, tasks: [task] }) =>
        task ? [{ unitId: id, targetId: task.targetId, method: task.method }] : [],
      ),
    },
  };
}

/** The row that a fork begins after, and its time. */
async function momentOf(
  database: Database,
  incidentId: string,
  { at, seq }: WhatIfBody,
): Promise<{ seq: number; atMs: number }> {
  const found = await database.read(async tx => {
    const atMs = at === undefined ? await receivedMsOf(tx, seq!) : Date.parse(at);
    const last = seq ?? (atMs === undefined ? undefined : (await lastRowBy(tx, incidentId, atMs))?.seq);
    return atMs === undefined || last === undefined ? undefined : { seq: last, atMs };
  });
  if (found) return found;
  throw new CodedError('invalidBody', 'body field at: expected a moment at which the incident was open');
}

/** Where the units were by what the centre had received by then. */
async function fixesAt({ database, router }: AppDeps, { units }: World, atMs: number): Promise<Fixes> {
  const tracks = await readTracksOf(database, atMs - oldestFixMs, atMs + 1);
  const latest: NonNullable<ReturnType<Fixes['latest']>>[] = [];
  const slotOf = new Map<string, number>();
  for (const [unitId, track] of tracks) {
    let i = track.length - 1;
    while (i >= 0 && (track.receivedAtMs[i]! > atMs || track.future[i] === 1)) i--;
    if (i < 0) continue;
    slotOf.set(unitId, latest.length);
    latest.push({
      unitId,
      slot: latest.length,
      stationId: units[unitId]?.stationId ?? null,
      observedAtMs: track.observedAtMs[i]!,
      lng: track.lngE7[i]! / 1e7,
      lat: track.latE7[i]! / 1e7,
      speedMps: track.speedCmps[i]! < 0 ? null : track.speedCmps[i]! / 100,
      accuracyM: null,
      courseDeg: null,
      batteryPct: null,
    });
  }
  return {
    latest: unitId => latest[slotOf.get(unitId) ?? -1],
    snapAt: slot => router?.snap([latest[slot]!.lng, latest[slot]!.lat]) ?? null,
  };
}

/** The changes with the words that they are about. Throws invalidBody for what there was not. */
function saidChanges(deps: AppDeps, { changes }: WhatIfBody, fork: Fork): Promise<SaidChange[]> {
  return Promise.all(
    changes.map(async (change, index): Promise<SaidChange> => {
      const wrong = (field: string, expected: string) =>
        new CodedError('invalidBody', `body field changes[${index}].${field}: expected ${expected}`);
      if (change.kind === 'policy') return change;
      if (change.kind === 'removeFact' || change.kind === 'addFact') {
        const sighting = fork.sightings.find(({ id }) => id === change.sightingId);
        const known = sighting?.stood === true;
        const later = sighting !== undefined && sighting.receivedAtMs > fork.problem.atMs;
        if (!sighting || !(change.kind === 'removeFact' ? known : later)) {
          const which = change.kind === 'removeFact' ? 'stood at that moment' : 'came after it';
          throw wrong('sightingId', `a sighting of this incident that ${which}`);
        }
        const observedAt = new Date(sighting.observedAtMs).toISOString();
        return { ...change, sighting: { kind: sighting.detail.kind, observedAt } };
      }
      const unit = fork.units.find(({ id }) => id === change.unitId);
      if (!unit) throw wrong('unitId', 'a unit that could be sent at that moment');
      if (change.kind === 'withdraw') return { ...change, callsign: unit.callsign };
      const target = await deps.locating?.thread.target(change.targetId);
      if (!target) throw wrong('targetId', 'a place, segment or street of the region');
      return { ...change, callsign: unit.callsign, place: target.name };
    }),
  );
}

/** Does a work for as long as the trace may be seen. Throws traceNotAllowed when that ended. */
async function whileSeen<T>(
  deps: AppDeps,
  user: UserActor,
  incidentId: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const ended = new CodedError('traceNotAllowed', 'the trace of this incident is not open to you any longer');
  const done = work(abort.signal);
  const settled = done.then(
    () => true,
    () => true,
  );
  for (let over = false; !over; ) {
    over = await Promise.race([settled, setTimeout(askedEveryMs, false)]);
    if (await maySee(deps, user, incidentId)) continue;
    abort.abort();
    await settled;
    throw ended;
  }
  return done;
}

async function keep(
  deps: AppDeps,
  user: UserActor,
  fork: Omit<WhatIfView, 'id' | 'madeBy' | 'madeAt'>,
): Promise<WhatIfView> {
  const { reply } = await perform<WhatIfView>(deps, { actor: user }, async work => {
    const made = { ...fork, id: work.id('wif'), madeBy: user.userId };
    await work.tx.insert(whatIf).values({ ...made, at: new Date(fork.at), madeAt: work.at });
    return { ...made, madeAt: work.at.toISOString() };
  });
  return reply;
}
