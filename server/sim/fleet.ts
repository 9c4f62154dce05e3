/** The bureau's crews of the demo: created through the API, on patrol until somebody gives an order. */
import type { Random } from '#domain/random.ts';
import type { DeviceProtocol, SimSession } from './api.ts';
import { type DeadZone, type Fault, FaultyDevice, faultsOf } from './faults.ts';
import type { SimRegion } from './region.ts';
import type { Stage } from './stage.ts';
import { type LngLat, offset } from './travel.ts';
import { type DeviceRecord, SimUnit, type UnitItem } from './unit.ts';

/** Where devices keep their tokens between runs, as a phone keeps its own: callsign → record. */
export interface DeviceMemory {
  load(): Record<string, DeviceRecord>;
  save(records: Record<string, DeviceRecord>): void;
}

const fleetSize = 40;
const deadZoneCount = 5;
const second = 1000;

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
  const faults = faultsOf(wanted.length, random.fork('faults'));
  const deadZones = deadZonesOf(region, random.fork('dead zones'));
  const fleet: SimUnit[] = [];
  for (const [index, seed] of wanted.entries()) {
    const item = known.get(seed.callsign) ?? (await leader.post<UnitItem>('/api/units', seed));
    const fault = faults[index]!;
    const record = records[seed.callsign] ?? (await enrol(leader, item.id, { index, fault, nowMs }));
    records[seed.callsign] = record;
    const home = homes.get(seed.stationId) ?? fallback;
    const own = random.fork(seed.callsign);
    const device = new FaultyDevice(fault, own.fork('device'), deadZones);
    fleet.push(new SimUnit({ ...seed, id: item.id }, record, device, home, own, nowMs));
  }
  memory.save(records);
  return fleet;
}

/** Valleys without radio: somewhere between the places, the same for all devices. */
function deadZonesOf({ places }: SimRegion, random: Random): DeadZone[] {
  if (places.length === 0) return [];
  return Array.from({ length: deadZoneCount }, () => ({
    position: offset(random.pick(places).position, random.range(800, 2500), random.range(0, 360)),
    radiusM: random.range(300, 800),
  }));
}

/** A callsign has room for 32 characters; stations outside of China can have longer names. */
const longestName = 24;

function wantedUnits(region: SimRegion) {
  const wanted = [...region.units];
  const { stations } = region;
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
  { index, fault, nowMs }: { index: number; fault: Fault; nowMs: number },
): Promise<DeviceRecord> {
  const protocol: DeviceProtocol = index % 2 === 0 ? 'osmand' : 'positions';
  const identifier = `demo-${index + 1}-${nowMs.toString(36)}`;
  const crs = fault === 'gcj02' ? 'gcj02' : 'wgs84';
  const { token } = await leader.post<{ token: string }>('/api/devices', {
    unitId,
    protocol,
    identifier,
    crs,
  });
  return { identifier, protocol, token };
}

/** How long a crew stays between two ways of its patrol; in a history, where nobody watches, it drives less. */
const liveRestS = [8, 60] as const;
const aloneRestS = [1500, 4800] as const;
/** Off duty it rests at its station, and looks now and then whether its shift has begun. */
const offDutyRestS = [60, 180] as const;
const calmly = 0.8;

/** Sends a crew on its rounds, again and again while it has no order; home when its shift is over. */
export function patrol(stage: Stage, unit: SimUnit): void {
  const beats: LngLat[] = stage.region.places.map(place => place.position);
  const goOn = (nowMs: number) =>
    unit.onDuty
      ? unit.drive(unit.beat(beats), stage.findRoute, nowMs, calmly)
      : unit.goHome(stage.findRoute, nowMs, calmly);
  const next = (): void => {
    const nowMs = stage.now();
    const trip = unit.busy ? null : goOn(nowMs);
    if (trip) stage.watchFor(unit, trip, nowMs);
    const [least, most] = stage.alone ? aloneRestS : unit.onDuty ? liveRestS : offDutyRestS;
    const rest = unit.random.range(least, most) * second;
    stage.script.at((trip?.endsAtMs ?? nowMs) + rest, `patrol of ${unit.callsign}`, next);
  };
  stage.script.at(
    stage.now() + unit.random.range(0, liveRestS[1]) * second,
    `patrol of ${unit.callsign}`,
    next,
  );
}
