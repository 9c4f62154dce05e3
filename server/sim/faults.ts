/** What stands between a true position and the feed: devices with the faults that real ones have. Pure and seeded. */
import gcoord from 'gcoord';
import { createRandom, type Random } from '#domain/random.ts';
import { distanceM } from '#road/geo.ts';
import { type LngLat, offset } from './travel.ts';

/** A report of one device, in the form of its own protocol. `atMs` is the device's clock. */
export interface DeviceFix {
  atMs: number;
  lng: number;
  lat: number;
  speedMps: number;
  courseDeg: number;
  accuracyM: number;
  batteryPct: number;
}

/**
 * `tunnel` loses fixes in dead zones, `noNetwork` keeps them there and hands them in together and out of order;
 * `fastClock`, `slowClock` and `wrongZone` have a wrong clock; `future` has one that is hours ahead now and then; `gcj02` says that
 * it sends GCJ-02, `gcj02Unsaid` sends it as WGS-84; `coarse` has a bad view of the sky; `frozen` repeats its last
 * position; `jumping` is kilometres off at times.
 */
export const faults = [
  'sound',
  'tunnel',
  'noNetwork',
  'duplicates',
  'fastClock',
  'slowClock',
  'wrongZone',
  'future',
  'gcj02',
  'gcj02Unsaid',
  'coarse',
  'frozen',
  'jumping',
] as const;
export type Fault = (typeof faults)[number];

/** Each fault once among the first 40 devices, the common ones more often; the rest are sound. */
const commonness: readonly Fault[] = [
  ...faults,
  'tunnel',
  'noNetwork',
  'noNetwork',
  'gcj02',
  'coarse',
  ...Array.from({ length: 22 }, (): Fault => 'sound'),
];

/** The fault of each of `count` devices, in order. */
export function faultsOf(count: number, random: Random): Fault[] {
  const all = random.shuffle(commonness);
  return Array.from({ length: count }, (_, i) => all[i % all.length]!);
}

/** A place where radio does not reach. */
export interface DeadZone {
  position: LngLat;
  radiusM: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** A device keeps this much when it cannot send. */
const mostKept = 600;
const clockErrorMs: Partial<Record<Fault, number>> = {
  fastClock: 23_000,
  slowClock: -95_000,
  wrongZone: -8 * hour,
};

/** The device of one crew: takes true positions and gives what it would send. */
export class FaultyDevice {
  readonly fault: Fault;
  readonly #random: Random;
  readonly #seed: number;
  readonly #deadZones: readonly DeadZone[];
  #kept: DeviceFix[] = [];
  #frozenAt: LngLat | null = null;
  #battery: number;
  #lastMs = 0;

  constructor(fault: Fault, random: Random, deadZones: readonly DeadZone[]) {
    this.fault = fault;
    this.#random = random;
    this.#seed = random.int(0x7fff_ffff);
    this.#deadZones = deadZones;
    this.#battery = random.range(45, 100);
  }

  /** One true position at `fix.atMs`; what the device hands in now, which may be nothing, or more, or again. */
  observe(fix: Omit<DeviceFix, 'batteryPct'>): DeviceFix[] {
    const { atMs } = fix;
    this.#drain(atMs);
    const dead = this.#deadZones.some(zone => distanceM(zone.position, [fix.lng, fix.lat]) < zone.radiusM);
    if (this.fault === 'tunnel' && dead) return [];
    const reported = this.#distort({ ...fix, batteryPct: Math.round(this.#battery) });
    if (this.fault === 'noNetwork') {
      this.#kept = [...this.#kept.slice(1 - mostKept), reported];
      if (dead || this.#happens(atMs, 25 * minute, 6 * minute)) return [];
      return this.#random.shuffle(this.#kept.splice(0));
    }
    if (this.fault === 'duplicates' && this.#random.chance(0.3)) return [reported, reported];
    return [reported];
  }

  /** Shifts and worsens a fix as the fault has it. */
  #distort(fix: DeviceFix): DeviceFix {
    const { atMs } = fix;
    const at: LngLat = [fix.lng, fix.lat];
    const moved = (to: readonly number[], more: Partial<DeviceFix> = {}) => ({
      ...fix,
      lng: to[0]!,
      lat: to[1]!,
      ...more,
    });
    switch (this.fault) {
      case 'gcj02':
      case 'gcj02Unsaid':
        return moved(gcoord.transform<[number, number]>(at, gcoord.WGS84, gcoord.GCJ02));
      case 'coarse': {
        const accuracyM = this.#random.range(60, 400);
        return moved(
          offset(at, accuracyM * 0.7 * Math.sqrt(this.#random.next()), this.#random.range(0, 360)),
          { accuracyM },
        );
      }
      case 'frozen': {
        if (!this.#happens(atMs, 40 * minute, 5 * minute)) this.#frozenAt = null;
        else this.#frozenAt ??= at;
        return this.#frozenAt ? moved(this.#frozenAt) : fix;
      }
      case 'jumping':
        if (!this.#random.chance(0.02)) return fix;
        return moved(offset(at, this.#random.range(1500, 5000), this.#random.range(0, 360)));
      case 'future':
        return this.#happens(atMs, hour, 10 * minute) ? { ...fix, atMs: atMs + 3 * hour } : fix;
      default:
        return { ...fix, atMs: atMs + (clockErrorMs[this.fault] ?? 0) };
    }
  }

  /** Whether something that takes `lengthMs` once in `everyMs` happens now. */
  #happens(atMs: number, everyMs: number, lengthMs: number): boolean {
    const turn = Math.floor(atMs / everyMs);
    const startMs = createRandom(this.#seed + turn).range(0, everyMs - lengthMs);
    const sinceMs = atMs - turn * everyMs - startMs;
    return sinceMs >= 0 && sinceMs < lengthMs;
  }

  /** A battery lasts about nine hours and is charged or changed before it is empty. */
  #drain(atMs: number): void {
    if (this.#lastMs > 0) this.#battery -= ((atMs - this.#lastMs) / (9 * hour)) * 100;
    this.#lastMs = atMs;
    if (this.#battery < 8) this.#battery = 100;
  }
}
