/** The stream's parts around a log that a test writes, without a database: time and vault are the test's. */
import type { SightingView } from '#contract/sighting.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { emptyWorld } from '#domain/world.ts';
import { Fleet } from '../../server/live/fleet.ts';
import { follower } from '../../server/live/follow.ts';
import { LiveWorld } from '../../server/live/world.ts';
import { StreamHub } from '../../server/stream/hub.ts';
import type { Look } from '../../server/stream/looks.ts';
import type { Viewer } from '../../server/stream/scope.ts';
import type { SessionState, Vault } from '../../server/stream/vault.ts';
import { startMs } from './facts.ts';

export class LiveStage {
  nowMs = startMs;
  readonly world: LiveWorld;
  readonly fleet = new Fleet();
  readonly hub: StreamHub;
  readonly looks = new Map<string, Look[]>();
  readonly sessions = new Map<string, SessionState>();
  readonly warnings: unknown[] = [];
  /** Runs while the database is being asked: what happens in such a moment is where races are. */
  meanwhile: (() => Promise<void>) | undefined;
  readonly #log: DomainEvent[] = [];
  readonly #deliver: (facts: DomainEvent[]) => Promise<void>;

  constructor(options: { recent?: number; maxWaitingBytes?: number } = {}) {
    this.world = new LiveWorld(emptyWorld, [], options.recent);
    const { world, fleet } = this;
    const vault = this.#vault();
    this.hub = new StreamHub({
      world,
      fleet,
      vault,
      clock: { now: () => this.nowMs },
      log: { warn: (...all: unknown[]) => void this.warnings.push(all) },
      caughtUp: () => Promise.resolve(),
      dataAgeS: () => 0,
      ...(options.maxWaitingBytes !== undefined && { maxWaitingBytes: options.maxWaitingBytes }),
    });
    this.#deliver = follower({
      world,
      fleet,
      vault,
      stream: this.hub,
      directory: { refresh: () => this.#asked() },
    });
  }

  /** Commits facts, and has the stream follow. */
  async commit(facts: readonly DomainEvent[]): Promise<void> {
    this.#log.push(...facts);
    await this.#deliver([...facts]);
  }

  /** Opens a look as the service does: after its commit the stream is told. */
  async look(sessionId: string, look: Look): Promise<void> {
    this.looks.set(sessionId, [...(this.looks.get(sessionId) ?? []), look]);
    await this.hub.lookOpened(sessionId, look);
  }

  #vault(): Vault {
    return {
      subjects: ids =>
        Promise.resolve(
          new Map((ids ?? []).map(id => [id, { nameMasked: `${id}**`, phoneMasked: '138****0001' }])),
        ),
      sightingsOf: async incidentId => {
        const views = this.#views().filter(({ incident }) => incident === incidentId);
        await this.#asked();
        return views.map(({ view }) => view);
      },
      sightings: async ids => {
        const views = this.#views().filter(({ view }) => ids.includes(view.id));
        await this.#asked();
        return views.map(({ view }) => view);
      },
      looks: sessionId => Promise.resolve(this.looks.get(sessionId) ?? []),
      sessions: ids => Promise.resolve(ids.flatMap(id => this.sessions.get(id) ?? [])),
    };
  }

  async #asked(): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
  }

  #views(): { incident: string; view: SightingView }[] {
    return this.#log.flatMap(fact => {
      if (fact.kind !== 'sightingRecorded' && fact.kind !== 'sightingCorrected') return [];
      const { incidentId, sightingId: id, observedAt } = fact.payload;
      const detail = { kind: 'camera', position: { lng: 103.3, lat: 24.8 } } as const;
      return [
        {
          incident: incidentId,
          view: { id, observedAt, receivedAt: fact.receivedAt, source: 'test', detail },
        },
      ];
    });
  }
}

/** A signed-in user; the session is named after her. */
export const viewer = (role: Viewer['role'], userId = 'usr-1', stationId: string | null = null): Viewer => ({
  kind: 'user',
  userId,
  username: userId,
  role,
  stationId,
  sessionId: `ses-${role}-${userId}-${stationId}`,
});
