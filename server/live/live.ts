/** The live side, put together: what comes in, what is true now, and what goes out to the screens. */
import type { DomainEvent } from '#domain/event/event.ts';
import type { World } from '#domain/world.ts';
import type { Database } from '../../db/connect.ts';
import { deviceEntries, unitEntries } from '../../db/queries/device-directory.ts';
import { latestFixes } from '../../db/queries/latest-fixes.ts';
import { logAfter } from '../../db/queries/log-after.ts';
import type { Clock } from '../clock.ts';
import { GroupCommit } from '../ingest/group-commit.ts';
import { Pipeline } from '../ingest/pipeline.ts';
import type { Logger } from '../log.ts';
import { ensurePartitionsAhead } from '../services/position/partitions.ts';
import { storeFixes } from '../services/position/store.ts';
import { newestInChunks } from '../services/track/newest.ts';
import { type Bus, InProcessBus } from '../stream/bus.ts';
import { StreamHub } from '../stream/hub.ts';
import { type LogSource, Tail } from '../stream/tail.ts';
import { databaseVault, type Vault } from '../stream/vault.ts';
import { Directory } from './directory.ts';
import { Fleet, type SnapToRoad } from './fleet.ts';
import { follower, withSubject } from './follow.ts';
import { LiveWorld, WorldBuilder } from './world.ts';

export interface LiveDeps {
  clock: Clock;
  database: Database;
  log: Logger;
  /** Ties positions to the roads of the region, where there is one. */
  snap?: SnapToRoad;
  /** Default: within this process. */
  bus?: Bus;
}

export interface Live {
  fleet: Fleet;
  pipeline: Pipeline;
  /** The streams of the screens. */
  stream: StreamHub;
  bus: Bus;
  /** Where services report what they committed. */
  publish: Bus['publish'];
  /** The server's world now. */
  world(): World;
  /** Seconds since the database last answered; 0 while it does. */
  dataAgeS(): number;
  /** Positions that are not stored yet. */
  waitingPositions(): number;
  /** Resolves when everything that is committed by now is in the world. */
  caughtUp(): Promise<void>;
  /** Ends the streams, waits for what is being stored. */
  stop(): Promise<void>;
}

/** Positions and revocations go out at most this often. */
const pulseMs = 100;
const checkSessionsEveryMs = 5000;
const refreshDirectoryEveryMs = 60_000;
const pageSize = 5000;

/** Reads world, fleet and devices from the store, and begins to follow the log. Throws DatabaseUnavailable. */
export async function startLive(deps: LiveDeps): Promise<Live> {
  const { clock, database, log } = deps;
  const bus = deps.bus ?? new InProcessBus(error => log.error({ error }, 'a listener of the bus failed'));
  const source: LogSource = { read: (seq, limit) => database.read(tx => logAfter(tx, seq, limit)) };
  const vault = databaseVault(database);
  await ensurePartitionsAhead(deps);
  const directory = new Directory(
    {
      units: ids => database.read(tx => unitEntries(tx, ids)),
      devices: identifiers => database.read(tx => deviceEntries(tx, identifiers)),
    },
    clock,
  );
  await directory.refresh();
  const world = await readWorld(source, vault);
  const fleet = await readFleet(database, world.current, deps.snap);

  const tail: Tail = new Tail({
    source,
    fromSeq: world.current.seq,
    clock,
    log,
    async deliver(facts) {
      await deliver(facts);
      bus.publish({ topic: 'facts', facts });
    },
  });
  const caughtUp = () => tail.caughtUp();
  const stream = new StreamHub({
    clock,
    log,
    world,
    fleet,
    vault,
    caughtUp,
    dataAgeS: () => tail.dataAgeS(),
  });
  const deliver = follower({ world, fleet, directory, stream, vault });
  const writer = new GroupCommit({
    store: fixes => storeFixes(database, fixes),
    publish: fixes => bus.publish({ topic: 'fixes', fixes }),
  });

  const leave = [
    bus.subscribe('fixes', ({ fixes }) => fixes.forEach(fix => fleet.offer(fix))),
    bus.subscribe('committed', () => tail.wake()),
    bus.subscribe('lookOpened', ({ sessionId, ...look }) => void stream.lookOpened(sessionId, look)),
    bus.subscribe('sessionEnded', ({ sessionId }) => stream.sessionEnded(sessionId)),
    every(pulseMs, () => stream.tick()),
    every(
      checkSessionsEveryMs,
      attempt(log, 'sessions', () => stream.checkSessions()),
    ),
    every(
      refreshDirectoryEveryMs,
      attempt(log, 'units and devices', () => directory.refresh()),
    ),
  ];
  tail.start();
  return {
    fleet,
    pipeline: new Pipeline({ clock, directory, writer }),
    stream,
    bus,
    publish: message => bus.publish(message),
    world: () => world.current,
    dataAgeS: () => tail.dataAgeS(),
    waitingPositions: () => writer.waiting,
    caughtUp,
    async stop() {
      for (const end of leave) end();
      stream.close();
      await tail.stop();
      await writer.drained();
    },
  };
}

/** The world after the whole log, and the facts at its end, with their subjects. */
async function readWorld(source: LogSource, vault: Vault): Promise<LiveWorld> {
  const builder = new WorldBuilder();
  let last: DomainEvent[] = [];
  for (let seq = 0; ; ) {
    const page = await source.read(seq, pageSize);
    for (const fact of page) builder.add(fact);
    if (page.length > 0) last = [...last, ...page].slice(-pageSize);
    if (page.length < pageSize) break;
    seq = page.at(-1)!.seq;
  }
  const world = builder.build();
  // Of archived incidents the vault may still know what nobody is shown any more.
  const subjects = new Map(
    [...(await vault.subjects())].filter(([incidentId]) => world.incidents[incidentId]),
  );
  for (const [incidentId, subject] of subjects)
    world.incidents[incidentId] = { ...world.incidents[incidentId]!, subject };
  return new LiveWorld(
    world,
    last.map(fact => withSubject(fact, subjects)),
  );
}

async function readFleet(database: Database, world: World, snap?: SnapToRoad): Promise<Fleet> {
  const fleet = new Fleet(snap);
  for (const { id, slot, stationId } of Object.values(world.units)) fleet.describe(id, slot, stationId);
  for (const fix of await database.read(latestFixes)) fleet.offer(fix);
  for (const fix of await newestInChunks(database)) fleet.offer(fix);
  return fleet;
}

function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}

/** Work that is tried again at its next turn anyway. */
const attempt = (log: Logger, what: string, work: () => Promise<unknown>) => () => {
  work().catch((error: unknown) => log.warn({ error }, `${what}: could not be looked at; trying again`));
};
