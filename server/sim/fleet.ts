/** The bureau's crews of the demo: they patrol on real roads and their devices report as devices do. */
import type { Random } from '#domain/random.ts';
import { type DeviceFix, type DeviceProtocol, RefusedError, report, type SimSession } from './api.ts';
import type { FindRoute, SimRegion } from './geography.ts';
import { distanceM as metresBetween } from '#road/geo.ts';
import { type LngLat, offset, Trip } from './travel.ts';

export interface DeviceRecord {
  identifier: string;
  protocol: DeviceProtocol;
  token: string;
}
/** Where devices keep their tokens between runs, as a phone keeps its own: callsign → record. */
export interface DeviceMemory {
  load(): Record<string, DeviceRecord>;
  save(records: Record<string, DeviceRecord>): void;
}

type UnitKind = 'car' | 'motorcycle' | 'foot';
interface UnitItem {
  id: string;
  callsign: string;
  kind: UnitKind;
  stationId: string | null;
}

export const fleetSize = 40;
const cruiseShare: Record<UnitKind, number> = { car: 0.9, motorcycle: 0.85, foot: 0 };
const walkingMps = 1.4;
/** How far from its station a unit patrols, by its kind. */
const beatM: Record<UnitKind, number> = { car: 6000, motorcycle: 3000, foot: 900 };

/** One crew with its device: patrols by itself until someone sends it somewhere. */
export class SimUnit {
  readonly id: string;
  readonly callsign: string;
  readonly kind: UnitKind;
  readonly #device: DeviceRecord;
  readonly #random: Random;
  readonly #home: LngLat;
  #trip: Trip;
  #restUntilMs = 0;
  #ordered = false;
  #unsent: DeviceFix[] = [];
  #sending = false;
  #lastSentMs = 0;

  constructor(item: UnitItem, device: DeviceRecord, home: LngLat, random: Random, nowMs: number) {
    this.id = item.id;
    this.callsign = item.callsign;
    this.kind = item.kind;
    this.#device = device;
    this.#random = random;
    this.#home = home;
    this.#trip = new Trip([offset(home, random.range(20, 250), random.range(0, 360))], walkingMps, nowMs);
    this.#restUntilMs = nowMs + random.range(0, 5000);
  }

  where(nowMs: number) {
    return this.#trip.at(nowMs);
  }

  get free(): boolean {
    return !this.#ordered;
  }

  /** Drives to a point, now; resolves the arrival time in ms, or null where no road leads. */
  send(to: LngLat, findRoute: FindRoute, nowMs: number, hurry = 1.15): number | null {
    const trip = this.#route(to, findRoute, nowMs, hurry);
    if (!trip) return null;
    this.#trip = trip;
    this.#ordered = true;
    return trip.endsAtMs;
  }

  release(): void {
    this.#ordered = false;
  }

  #route(to: LngLat, findRoute: FindRoute, nowMs: number, hurry: number): Trip | null {
    const from = this.where(nowMs).at;
    const route = findRoute(from, to);
    if (!route || route.geometry.length < 2 || route.distanceM < 20) return null;
    const roadMps = (route.distanceM / Math.max(1, route.travelTimeS)) * cruiseShare[this.kind] * hurry;
    return new Trip(route.geometry, this.kind === 'foot' ? walkingMps : Math.max(2, roadMps), nowMs);
  }

  /** One second of its life: choose the next leg of the patrol when the last one is over. */
  step(nowMs: number, beats: LngLat[], findRoute: FindRoute): void {
    if (this.#ordered || !this.where(nowMs).arrived || nowMs < this.#restUntilMs) return;
    const near = beats.filter(at => metresBetween(at, this.#home) < beatM[this.kind]);
    const to =
      near.length > 0
        ? this.#random.pick(near)
        : offset(this.#home, beatM[this.kind] / 2, this.#random.range(0, 360));
    const trip = this.#route(to, findRoute, nowMs, 0.8);
    if (trip) this.#trip = trip;
    this.#restUntilMs = (trip?.endsAtMs ?? nowMs) + this.#random.range(8_000, 60_000);
  }

  /** Reports as the device would: each second or two on the move, each ten at rest; what fails is kept and sent again. */
  async tick(baseUrl: string, nowMs: number): Promise<void> {
    const here = this.where(nowMs);
    const everyMs = here.arrived ? 10_000 : 1_000;
    if (nowMs - this.#lastSentMs >= everyMs - 50) {
      this.#lastSentMs = nowMs;
      const [lng, lat] = offset(here.at, Math.abs(this.#random.range(-4, 4)), this.#random.range(0, 360));
      const fix = { atMs: nowMs, lng, lat, speedMps: here.speedMps, courseDeg: here.courseDeg, accuracyM: 5 };
      this.#unsent = [...this.#unsent.slice(-599), fix];
    }
    if (this.#sending || this.#unsent.length === 0) return;
    this.#sending = true;
    const batch = this.#unsent;
    try {
      await report(baseUrl, this.#device, batch);
      this.#unsent = this.#unsent.filter(fix => !batch.includes(fix));
    } catch (error) {
      if (error instanceof RefusedError && error.status < 500) this.#unsent = [];
    } finally {
      this.#sending = false;
    }
  }
}

/** Creates what is missing of the fleet through the API and hands out its devices. */
export async function raiseFleet(
  leader: SimSession,
  region: SimRegion,
  memory: DeviceMemory,
  random: Random,
  nowMs: number,
): Promise<SimUnit[]> {
  const wanted = wantedUnits(region);
  const { items } = await leader.get<{ items: UnitItem[] }>('/api/units?limit=1000');
  const known = new Map(items.map(item => [item.callsign, item]));
  const records = memory.load();
  const homes = new Map(region.stations.map(station => [station.id, station.position]));
  const fallback = region.stations[0]?.position ?? region.places[0]!.position;
  const fleet: SimUnit[] = [];
  for (const [index, seed] of wanted.entries()) {
    const item = known.get(seed.callsign) ?? (await leader.post<UnitItem>('/api/units', seed));
    const record = records[seed.callsign] ?? (await enrol(leader, item.id, index, nowMs));
    records[seed.callsign] = record;
    const home = homes.get(seed.stationId) ?? fallback;
    fleet.push(new SimUnit({ ...seed, id: item.id }, record, home, random.fork(seed.callsign), nowMs));
  }
  memory.save(records);
  return fleet;
}

/** A callsign has room for 32 characters; stations outside of China can have longer names. */
const longestName = 24;

function wantedUnits(region: SimRegion) {
  const wanted = [...region.units];
  const stations = region.stations.length > 0 ? region.stations : [];
  for (let i = 0; wanted.length < fleetSize && stations.length > 0; i++) {
    const station = stations[i % stations.length]!;
    const number = 11 + Math.floor(i / stations.length);
    const kind = (['car', 'motorcycle', 'foot'] as const)[i % 3]!;
    const name = station.name.replace(/派出所$/, '').slice(0, longestName) || station.id;
    const callsign = `${name}-${number}`;
    wanted.push({ callsign, stationId: station.id, kind, crew: { sworn: 1, auxiliary: i % 4 } });
  }
  return wanted.slice(0, Math.max(fleetSize, region.units.length));
}

/** A device for a unit; its identifier carries the time, so that a lost token never blocks a new device. */
async function enrol(
  leader: SimSession,
  unitId: string,
  index: number,
  nowMs: number,
): Promise<DeviceRecord> {
  const protocol: DeviceProtocol = index % 2 === 0 ? 'osmand' : 'positions';
  const identifier = `demo-${index + 1}-${nowMs.toString(36)}`;
  const { token } = await leader.post<{ token: string }>('/api/devices', {
    unitId,
    protocol,
    identifier,
    crs: 'wgs84',
  });
  return { identifier, protocol, token };
}
