import { deviceByToken } from '../../db/queries/device-by-token.ts';
import { type SessionRow, sessionByToken } from '../../db/queries/session-by-token.ts';
import { type Clock, machineClock } from '../clock.ts';
import type { ServiceDeps } from '../deps.ts';
import { touchSession } from '../services/session/touch.ts';
import type { Actor, UserActor } from './actor.ts';
import { sessionEnded, touchEveryMs } from './lifetime.ts';
import { looksLikeToken, tokenHash } from './token.ts';

type DeviceActor = Extract<Actor, { kind: 'device' }>;

/** How long a looked-up session is believed without asking again. */
const sessionBelievedMs = 2000;
/** Devices are many, send every few seconds and are put out seldom: at two seconds nearly every ping would ask. */
const deviceBelievedMs = 15_000;
const mostBelieved = 20_000;

interface Believed<Found> {
  /** Requests that come while the first one still looks share its look. */
  look: Promise<Found | undefined>;
  found?: Found | undefined;
  until: number;
}

/**
 * Token → actor, with a short memory. Ending a session in this process is seen at once, in others within two seconds;
 * a device that is revoked in another process reports for up to 15 seconds more.
 */
export class TokenDirectory {
  readonly #deps: ServiceDeps;
  readonly #clock: Clock;
  readonly #onUse: (deviceId: string) => void;
  readonly #sessions = new Map<string, Believed<SessionRow>>();
  readonly #devices = new Map<string, Believed<DeviceActor>>();

  /** `onUse` hears of a device when its token was looked up: at most every 15 s for each. */
  constructor(deps: ServiceDeps, onUse: (deviceId: string) => void = () => undefined) {
    this.#deps = deps;
    this.#clock = machineClock(deps.clock);
    this.#onUse = onUse;
    deps.bus.subscribe('sessionEnded', ({ sessionId }) => this.forget(sessionId));
  }

  /** The user of a session token; undefined when it is unknown, revoked, idle for too long or expired. */
  async session(token: string): Promise<{ actor: UserActor; displayName: string } | undefined> {
    if (!looksLikeToken(token)) return undefined;
    const now = this.#clock.now();
    const row = await this.#believe(this.#sessions, sessionBelievedMs, token, hash =>
      this.#deps.database.read(tx => sessionByToken(tx, hash)),
    );
    if (!row || sessionEnded(row.role, row, now)) return undefined;
    if (now - row.lastSeenAt >= touchEveryMs) {
      row.lastSeenAt = now;
      await touchSession(this.#deps, row.sessionId);
    }
    const { sessionId, userId, username, role, stationId, pending, displayName } = row;
    const actor = { kind: 'user', sessionId, userId, username, role, stationId, pending } as const;
    return { actor, displayName };
  }

  /** The device of a device token, unless it is unknown or revoked. */
  device(token: string): Promise<DeviceActor | undefined> {
    if (!looksLikeToken(token)) return Promise.resolve(undefined);
    return this.#believe(this.#devices, deviceBelievedMs, token, async hash => {
      const at = new Date(this.#clock.now());
      const row = await this.#deps.database.read(tx => deviceByToken(tx, hash, at));
      if (!row) return undefined;
      this.#onUse(row.deviceId);
      return { kind: 'device', ...row };
    });
  }

  /** Forgets a session that has just been ended or got another token; looks under way may have been too early, so they are too. */
  forget(sessionId: string): void {
    for (const [key, { found }] of this.#sessions)
      if (!found || found.sessionId === sessionId) this.#sessions.delete(key);
  }

  /** Forgets a device whose tokens have just changed. */
  forgetDevice(deviceId: string): void {
    for (const [key, { found }] of this.#devices)
      if (!found || found.deviceId === deviceId) this.#devices.delete(key);
  }

  async #believe<Found>(
    memory: Map<string, Believed<Found>>,
    believedMs: number,
    token: string,
    look: (hash: Buffer) => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const hash = tokenHash(token);
    const key = hash.toString('base64');
    const now = this.#clock.now();
    const held = memory.get(key);
    if (held && now < held.until && held.until - now <= believedMs) return held.look;
    if (memory.size >= mostBelieved) memory.clear();
    const entry: Believed<Found> = { look: look(hash), until: now + believedMs };
    memory.set(key, entry);
    try {
      entry.found = await entry.look;
    } catch (error) {
      memory.delete(key);
      throw error;
    }
    return entry.found;
  }
}
