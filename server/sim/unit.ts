/** One crew's vehicle with its device: where it is, where it drives, and what the device hands in. */
import type { UnitKind } from '#contract/unit.ts';
import type { Random } from '#domain/random.ts';
import { distanceM } from '#road/geo.ts';
import { type DeviceProtocol, RefusedError, report, withToken } from './api.ts';
import type { DeviceFix, FaultyDevice } from './faults.ts';
import type { FindRoute } from './region.ts';
import { type LngLat, offset, Trip } from './travel.ts';

/** A device as it knows itself. */
export interface DeviceRecord {
  identifier: string;
  protocol: DeviceProtocol;
  token: string;
}

export interface UnitItem {
  id: string;
  callsign: string;
  kind: UnitKind;
  stationId: string | null;
}

const cruiseShare: Record<UnitKind, number> = { car: 0.9, motorcycle: 0.85, foot: 0 };
const walkingMps = 1.4;
/** How far from its station a unit patrols, by its kind. */
const beatM: Record<UnitKind, number> = { car: 6000, motorcycle: 3000, foot: 900 };
/** A device with a fix on the move reports each second, at rest each ten. */
const movingEveryMs = 1000;
const restingEveryMs = 10_000;
/** Off duty the device lies at the station and says little. */
const offDutyEveryMs = 5 * 60_000;
/** A crew this near to its station is there: roads end at its gate. */
const atHomeM = 300;
/** What one request may carry of what could not be sent. */
const mostUnsent = 600;

export class SimUnit {
  readonly id: string;
  readonly callsign: string;
  readonly kind: UnitKind;
  readonly random: Random;
  /** Works on an order, so it does not patrol. */
  busy = false;
  /** Its shift is on, or nobody planned any. */
  onDuty = true;
  readonly #record: DeviceRecord;
  readonly #device: FaultyDevice;
  readonly #home: LngLat;
  #trip: Trip;
  #unsent: DeviceFix[] = [];
  #sending = false;
  #observedMs = -Infinity;

  constructor(
    item: UnitItem,
    record: DeviceRecord,
    device: FaultyDevice,
    home: LngLat,
    random: Random,
    nowMs: number,
  ) {
    this.id = item.id;
    this.callsign = item.callsign;
    this.kind = item.kind;
    this.random = random;
    this.#record = record;
    this.#device = device;
    this.#home = home;
    this.#trip = new Trip([offset(home, random.range(20, 250), random.range(0, 360))], walkingMps, nowMs);
  }

  /** The crew's phone acts under its own token. */
  phone(baseUrl: string) {
    return withToken(baseUrl, this.#record.token);
  }

  where(nowMs: number) {
    return this.#trip.at(nowMs);
  }

  /** Sets out for a point by road; the trip, or null where no road leads. `hurry` is against its usual speed. */
  drive(to: LngLat, findRoute: FindRoute, nowMs: number, hurry: number): Trip | null {
    const from = this.where(nowMs).at;
    const route = findRoute(from, to);
    if (!route || route.geometry.length < 2) return null;
    const roadMps = (route.distanceM / Math.max(1, route.travelTimeS)) * cruiseShare[this.kind] * hurry;
    return this.follow(route.geometry, this.kind === 'foot' ? walkingMps : Math.max(2, roadMps), nowMs);
  }

  /** Sets out for its station by road; null when it is there already, or no road leads there. */
  goHome(findRoute: FindRoute, nowMs: number, hurry: number): Trip | null {
    const isThere = distanceM(this.where(nowMs).at, this.#home) < atHomeM;
    return isThere ? null : this.drive(this.#home, findRoute, nowMs, hurry);
  }

  /** Goes along a line at a speed. */
  follow(line: LngLat[], speedMps: number, nowMs: number): Trip {
    this.#trip = new Trip(line, speedMps, nowMs);
    return this.#trip;
  }

  stop(nowMs: number): void {
    this.#trip = new Trip([this.where(nowMs).at], walkingMps, nowMs);
  }

  /** Somewhere on its beat to patrol to. */
  beat(places: readonly LngLat[]): LngLat {
    const near = places.filter(at => distanceM(at, this.#home) < beatM[this.kind]);
    return near.length > 0
      ? this.random.pick(near)
      : offset(this.#home, beatM[this.kind] / 2, this.random.range(0, 360));
  }

  /** Lets the device take a fix when one is due, at most each `leastMs` of demo time; what it hands in waits to be sent. */
  observe(nowMs: number, leastMs: number): void {
    const here = this.where(nowMs);
    const atRestMs = this.onDuty || this.busy ? restingEveryMs : offDutyEveryMs;
    const everyMs = Math.max(leastMs, here.arrived ? atRestMs : movingEveryMs);
    if (nowMs - this.#observedMs < everyMs - 50) return;
    this.#observedMs = nowMs;
    const [lng, lat] = offset(here.at, Math.abs(this.random.range(-4, 4)), this.random.range(0, 360));
    const fix = { atMs: nowMs, lng, lat, speedMps: here.speedMps, courseDeg: here.courseDeg, accuracyM: 5 };
    this.#unsent = [...this.#unsent, ...this.#device.observe(fix)].slice(-mostUnsent);
  }

  /** Hands in what waits; what fails is kept and sent again. One request at a time. */
  async send(baseUrl: string): Promise<void> {
    if (this.#sending || this.#unsent.length === 0) return;
    this.#sending = true;
    const batch = this.#unsent;
    this.#unsent = [];
    try {
      await report(baseUrl, this.#record, batch);
    } catch (error) {
      const refused = error instanceof RefusedError && error.status < 500 && error.status !== 429;
      if (!refused) this.#unsent = [...batch, ...this.#unsent].slice(-mostUnsent);
    } finally {
      this.#sending = false;
    }
  }

  /** What waits, for a gateway that hands in many at once. */
  takeUnsent(): { device: string; fixes: DeviceFix[] } {
    const fixes = this.#unsent;
    this.#unsent = [];
    return { device: this.#record.identifier, fixes };
  }
}
