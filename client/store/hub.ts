/** Holds the one stream of a browser and shares it with every window: the body of the SharedWorker. */
import {
  PROTOCOL_VERSION,
  positionRecordBytes,
  readPositionRecord,
  writePositionRecord,
} from '#contract/stream.ts';
import type { StreamMessage } from '#contract/stream.ts';
import { apply } from '#domain/apply.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import { serverTimeAt } from '../clock/server-time.ts';
import { UnitSlots } from '../map/sources/unit-slots.ts';
import { decodeBase64 } from './base64.ts';
import { type ConnectionDeps, StreamConnection } from './connection.ts';
import { type FromHub, type HubPort, type ToHub } from './messages.ts';
import { hasTrace, withoutTraceOf, withTrace } from './trace.ts';

/** Windows say 'alive' once a minute, hidden ones too; one that has missed this much is gone. */
const goneAfterMs = 5 * 60_000;

export class Hub {
  private readonly now: () => number;
  private readonly connection: StreamConnection;
  private readonly ports = new Map<HubPort, { aliveAt: number }>();
  private userId: string | null = null;
  private world: World = emptyWorld;
  private reasons: Record<string, string> = {};
  private readonly fixes = new UnitSlots();

  constructor(deps: Omit<ConnectionDeps, 'onMessage' | 'onLink'>) {
    this.now = deps.now;
    this.connection = new StreamConnection({
      ...deps,
      onMessage: message => this.onStream(message),
      onLink: link => {
        if (link.state === 'signedOut') this.forget();
        this.broadcast({ type: 'link', link });
      },
    });
  }

  /** Takes a message of a window. */
  receive(port: HubPort, message: ToHub): void {
    switch (message.type) {
      case 'hello':
        return this.join(port, message.userId);
      case 'alive':
        return this.ports.has(port)
          ? void this.ports.set(port, { aliveAt: this.now() })
          : this.join(port, message.userId);
      case 'wake':
        return this.connection.wake();
      case 'trace':
        return this.openTrace(message);
      case 'signOut':
        this.userId = null;
        this.forget();
        return this.connection.stop();
      case 'bye':
        this.leave(port);
    }
  }

  private join(port: HubPort, userId: string): void {
    for (const [other, { aliveAt }] of this.ports)
      if (this.now() - aliveAt > goneAfterMs) this.ports.delete(other);
    this.ports.set(port, { aliveAt: this.now() });
    const { state } = this.connection.state;
    const ended = state === 'idle' || state === 'signedOut' || state === 'incompatible';
    if (this.userId !== userId || ended) {
      this.userId = userId;
      this.forget();
      this.connection.start();
      return;
    }
    port.postMessage(this.worldMessage());
    port.postMessage({ type: 'link', link: this.connection.state });
  }

  private leave(port: HubPort): void {
    this.ports.delete(port);
    if (this.ports.size > 0) return;
    this.userId = null;
    this.forget();
    this.connection.stop();
  }

  private onStream(message: StreamMessage): boolean {
    switch (message.type) {
      case 'snapshot':
        if (message.protocol !== PROTOCOL_VERSION) return false;
        this.world = message.world;
        this.keepReasons();
        this.fixes.clear();
        this.place(decodeBase64(message.positions));
        this.broadcast(this.worldMessage());
        return true;
      case 'fact':
        this.world = apply(this.world, message.fact);
        this.broadcast({ type: 'fact', fact: message.fact });
        return true;
      case 'positions':
        this.place(message.bytes);
        this.broadcast({ type: 'positions', bytes: message.bytes, madeAt: this.serverNow() });
        return true;
      case 'revoked':
        this.world = withoutTraceOf(this.world, message.incidentId);
        delete this.reasons[message.incidentId];
        this.broadcast({ type: 'revoked', incidentId: message.incidentId });
        return true;
      default:
        return true;
    }
  }

  private openTrace(message: Extract<ToHub, { type: 'trace' }>): void {
    this.world = withTrace(this.world, message.incidentId, message.sightings);
    this.reasons[message.incidentId] = message.reason;
    this.broadcast(message);
  }

  /** A snapshot that comes without an incident's trace means that the look is over. */
  private keepReasons(): void {
    const open = Object.entries(this.reasons).filter(([id]) => {
      const incident = this.world.incidents[id];
      return incident !== undefined && (hasTrace(incident) || Object.keys(incident.sightings).length === 0);
    });
    this.reasons = Object.fromEntries(open);
  }

  private place(bytes: Uint8Array): void {
    const madeAt = this.serverNow();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + positionRecordBytes <= bytes.byteLength; at += positionRecordBytes) {
      const { slot, lng, lat, ageS, speedMps, courseDeg } = readPositionRecord(view, at);
      this.fixes.place(slot, lng, lat, madeAt - ageS * 1000, speedMps, courseDeg);
    }
  }

  private worldMessage(): FromHub {
    const madeAt = this.serverNow();
    return {
      type: 'world',
      world: this.world,
      positions: this.encodeFixes(madeAt),
      madeAt,
      traceReasons: this.reasons,
    };
  }

  private encodeFixes(madeAt: number): Uint8Array {
    const { count, fixAt, lngLat, speedMps, courseDeg } = this.fixes;
    const bytes = new Uint8Array(count * positionRecordBytes);
    const view = new DataView(bytes.buffer);
    let length = 0;
    for (let slot = 0; slot < count; slot++) {
      if (Number.isNaN(fixAt[slot]!)) continue;
      const ageS = (madeAt - fixAt[slot]!) / 1000;
      const [lng, lat] = [lngLat[2 * slot]!, lngLat[2 * slot + 1]!];
      writePositionRecord(view, length, {
        slot,
        lng,
        lat,
        ageS,
        speedMps: speedMps[slot]!,
        courseDeg: courseDeg[slot]!,
      });
      length += positionRecordBytes;
    }
    return bytes.subarray(0, length);
  }

  private serverNow(): number {
    return serverTimeAt(this.connection.state, this.now());
  }

  private forget(): void {
    this.world = emptyWorld;
    this.reasons = {};
    this.fixes.clear();
    this.broadcast({
      type: 'world',
      world: emptyWorld,
      positions: new Uint8Array(0),
      madeAt: this.now(),
      traceReasons: {},
    });
  }

  private broadcast(message: FromHub): void {
    for (const port of this.ports.keys()) port.postMessage(message);
  }
}
