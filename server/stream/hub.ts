/** All streams of this process: opens them, feeds them with facts and positions, ends them. */
import type { SightingView } from '#contract/sighting.ts';
import type { Fact } from '#domain/apply.ts';
import { sessionEnded } from '../auth/lifetime.ts';
import { type Clock, machineClock, rateOf } from '../clock.ts';
import type { Fleet } from '../live/fleet.ts';
import type { LiveWorld } from '../live/world.ts';
import type { Logger } from '../log.ts';
import { Connection } from './connection.ts';
import { FactFrames } from './fact-frames.ts';
import { pingFrame, retryFrame } from './frames.ts';
import { type Look, lookHolds } from './looks.ts';
import { seesFact, type Views } from './project.ts';
import { movesStation, scopeOf, type Viewer } from './scope.ts';
import { Snapshots } from './snapshots.ts';
import type { Vault } from './vault.ts';

export interface HubDeps {
  clock: Clock;
  log: Pick<Logger, 'warn'>;
  world: LiveWorld;
  fleet: Fleet;
  vault: Vault;
  /** Resolves when facts that are committed by now were broadcast. */
  caughtUp(): Promise<void>;
  /** Seconds since the database last answered. */
  dataAgeS(): number;
  /** Bytes of facts that may wait for one reader. */
  maxWaitingBytes?: number;
}

const pingEveryMs = 5000;
/** A reader that took nothing for this long is gone without having said so. */
const stalledMs = 60_000;

export class StreamHub {
  readonly #deps: HubDeps;
  /** What has to do with connections goes by the machine's time, whatever a demo's clock does. */
  readonly #machine: Clock;
  readonly #snapshots: Snapshots;
  readonly #connections = new Set<Connection>();
  #pingedAtMs: number;

  constructor(deps: HubDeps) {
    this.#deps = deps;
    this.#snapshots = new Snapshots(deps);
    this.#machine = machineClock(deps.clock);
    this.#pingedAtMs = this.#machine.now();
  }

  /** Open streams. */
  get size(): number {
    return this.#connections.size;
  }

  /** Bytes that wait for readers, all together. */
  get waitingBytes(): number {
    let sum = 0;
    for (const { outlet } of this.#connections) sum += outlet.waitingBytes;
    return sum;
  }

  /**
   * Opens a stream. With `since`, the last seq that the client has, it goes on from there when the facts after it are
   * all that is new for this viewer; else it begins with a snapshot. Throws DatabaseUnavailable.
   */
  async open(viewer: Viewer, since?: number): Promise<ReadableStream<Uint8Array>> {
    const { clock, maxWaitingBytes, vault, world } = this.#deps;
    const connection = new Connection(viewer, world.current, {
      onGone: () => this.#connections.delete(connection),
      ...(maxWaitingBytes !== undefined && { maxWaitingBytes }),
    });
    connection.outlet.write(retryFrame, { excused: true });
    this.#connections.add(connection);
    try {
      const looks = await vault.looks(viewer.sessionId);
      if (looks.length > 0) await this.#deps.caughtUp();
      connection.scope = scopeOf(viewer, world.current);
      connection.looks = looks.filter(look => lookHolds(viewer, look, world.current, clock.now()));
      const missed =
        connection.looks.length > 0 || since === undefined ? undefined : this.#missed(connection, since);
      if (missed) this.#resume(connection, missed, looks);
      else await this.#sendSnapshot(connection);
    } catch (error) {
      connection.outlet.abort('the stream could not be opened');
      throw error;
    }
    return connection.outlet.readable;
  }

  /** Whether somebody has an open look on an incident: only then are its sightings read from the vault. */
  isWatched(incidentId: string): boolean {
    return [...this.#connections].some(({ looks }) => looks.some(look => look.incidentId === incidentId));
  }

  /** Sends a fact that the world has just accepted. `view`: its sighting, when somebody watches. */
  broadcast(fact: Fact, view?: SightingView): void {
    const nowMs = this.#deps.clock.now();
    const frames = new FactFrames(fact, view);
    for (const connection of this.#connections) {
      if (connection.preparing) {
        // Its snapshot will hold the fact, but not a sighting that is newer than the ones that were read for it.
        connection.startOver ||= connection.looks.some(look => look.incidentId === fact.incidentId);
        continue;
      }
      if (fact.kind === 'regionInstalled') connection.resync('regionChanged');
      else if (this.#changesScope(connection, fact)) void this.#sendSnapshot(connection);
      else this.#sendFact(connection, frames);
      connection.endLooks(this.#deps.world.current, nowMs);
    }
  }

  /** A session opened a look; its audit row is committed. Its streams get a snapshot with the trace in it. */
  async lookOpened(sessionId: string, look: Look): Promise<void> {
    // The approval that the look rests on may be committed but not yet here.
    await this.#deps.caughtUp();
    for (const connection of this.#connections) {
      if (connection.viewer.sessionId !== sessionId || connection.hasLook(look)) continue;
      if (!lookHolds(connection.viewer, look, this.#deps.world.current, this.#deps.clock.now())) continue;
      connection.looks = [...connection.looks, look];
      void this.#sendSnapshot(connection);
    }
  }

  /** Ends the streams of a session. */
  sessionEnded(sessionId: string): void {
    for (const { viewer, outlet } of this.#connections) if (viewer.sessionId === sessionId) outlet.end();
  }

  /** The hub's pulse, some ten times a second: positions, looks that expired, readers that are gone, pings. */
  tick(): void {
    const nowMs = this.#deps.clock.now();
    const machineMs = this.#machine.now();
    const frames = new Map<string, Buffer | undefined>();
    for (const connection of this.#connections) {
      connection.endLooks(this.#deps.world.current, nowMs);
      if (connection.stalledForMs(machineMs) > stalledMs)
        connection.outlet.abort('nothing was read for a minute');
      else this.#sendPositions(connection, frames);
    }
    if (machineMs - this.#pingedAtMs >= pingEveryMs) this.sayTime();
  }

  /** A ping to everybody now: also when a demo's clock changes its pace. */
  sayTime(): void {
    this.#pingedAtMs = this.#machine.now();
    const ping = this.#ping();
    for (const { preparing, outlet } of this.#connections) if (!preparing && outlet.idle) outlet.write(ping);
  }

  /** Ends the streams of sessions that are over, and has those begin anew whose user's role or station changed. */
  async checkSessions(): Promise<void> {
    const ids = new Set([...this.#connections].map(({ viewer }) => viewer.sessionId));
    if (ids.size === 0) return;
    const states = new Map(
      (await this.#deps.vault.sessions([...ids])).map(state => [state.sessionId, state]),
    );
    const nowMs = this.#machine.now();
    for (const connection of this.#connections) {
      const { sessionId, role, stationId } = connection.viewer;
      if (!ids.has(sessionId)) continue;
      const state = states.get(sessionId);
      if (!state || sessionEnded(state.role, state, nowMs)) connection.outlet.end();
      else if (state.role !== role || state.stationId !== stationId) connection.resync('scopeChanged');
    }
  }

  /** Ends all streams: the server stops. Clients come back by themselves. */
  close(): void {
    for (const { outlet } of this.#connections) outlet.end();
  }

  /** The facts that a client missed; undefined when they would not tell it everything. */
  #missed({ scope, viewer }: Connection, since: number): readonly Fact[] | undefined {
    const missed = this.#deps.world.factsAfter(since);
    const movesView = (fact: Fact) =>
      fact.kind === 'regionInstalled' ||
      movesStation(scope, fact) ||
      // Of one that he was a member of nobody can tell any more.
      (scope.incidents !== 'county' && fact.kind === 'incidentArchived') ||
      // An incident may have come into view whose earlier facts were never sent.
      (scope.incidents !== 'county' && fact.kind === 'memberAdded' && fact.payload.userId === viewer.userId);
    return missed?.some(movesView) ? undefined : missed;
  }

  #resume(connection: Connection, missed: readonly Fact[], ended: readonly Look[]): void {
    connection.preparing = false;
    for (const fact of missed) this.#sendFact(connection, new FactFrames(fact));
    // None of the session's looks holds any more: whatever the client still shows through them must go.
    for (const incidentId of new Set(ended.map(look => look.incidentId))) connection.revoke(incidentId);
    connection.send(this.#ping());
  }

  #changesScope({ viewer, scope }: Connection, fact: Fact): boolean {
    if (movesStation(scope, fact)) return true;
    if (fact.kind !== 'memberAdded' || fact.payload.userId !== viewer.userId) return false;
    return scopeOf(viewer, this.#deps.world.current).key !== scope.key;
  }

  #sendFact(connection: Connection, frames: FactFrames): void {
    const { fact } = frames;
    const { clock, world } = this.#deps;
    if (!seesFact(connection.scope, world.current, fact)) return;
    const ofTrace = fact.kind === 'sightingRecorded' || fact.kind === 'sightingCorrected';
    if (!ofTrace || !connection.looksAt(fact.payload.incidentId, world.current, clock.now())) {
      connection.send(connection.scope.subjects ? frames.withSubject() : frames.plain());
      return;
    }
    const frame = frames.withView();
    if (frame) connection.send(frame);
    // The look was opened after the sighting had been read for the others.
    else void this.#sendSnapshot(connection);
  }

  #sendPositions(connection: Connection, frames: Map<string, Buffer | undefined>): void {
    const { fleet } = this.#deps;
    // Latest wins: a slow reader gets what changed since its last frame, when it is ready for it.
    if (connection.preparing || !connection.outlet.idle || connection.positionsVersion === fleet.version)
      return;
    const { scope, positionsVersion } = connection;
    const key = `${scope.units} ${scope.stationId} ${positionsVersion}`;
    if (!frames.has(key)) frames.set(key, this.#snapshots.positions(scope, positionsVersion));
    connection.positionsVersion = fleet.version;
    const frame = frames.get(key);
    if (frame) connection.outlet.write(frame);
  }

  /** Sends a snapshot with the sightings of the connection's looks. Never fails: the stream does, if need be. */
  #sendSnapshot(connection: Connection): Promise<void> {
    connection.preparing = true;
    connection.startOver = true;
    connection.snapshot ??= this.#prepareSnapshot(connection).catch((error: unknown) => {
      this.#deps.log.warn({ error }, 'a stream could not be given its snapshot');
      connection.outlet.abort('the snapshot could not be made');
    });
    return connection.snapshot;
  }

  async #prepareSnapshot(connection: Connection): Promise<void> {
    const { clock, fleet, vault, world } = this.#deps;
    const views = new Map<string, readonly SightingView[]>();
    while (connection.startOver) {
      connection.startOver = false;
      const read = async ({ incidentId }: Look) => views.set(incidentId, await vault.sightingsOf(incidentId));
      await Promise.all(connection.looks.map(read));
    }
    // From here to the end nothing waits, so nothing happens between the snapshot and the facts after it.
    connection.endLooks(world.current, clock.now());
    const shown: Views = new Map(
      connection.looks.flatMap(({ incidentId }) =>
        (views.get(incidentId) ?? []).map(view => [view.id, view]),
      ),
    );
    connection.scope = scopeOf(connection.viewer, world.current);
    connection.outlet.write(this.#snapshots.snapshot(connection.scope, shown), { excused: true });
    connection.positionsVersion = fleet.version;
    connection.preparing = false;
    connection.snapshot = undefined;
  }

  #ping(): Buffer {
    const { clock, world } = this.#deps;
    const serverTime = new Date(clock.now()).toISOString();
    const rate = rateOf(clock);
    const message = { serverTime, seq: world.current.seq, dataAgeS: this.#deps.dataAgeS() };
    return pingFrame(rate === undefined ? message : { ...message, rate });
  }
}
