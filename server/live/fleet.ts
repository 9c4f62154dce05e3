/** Where every unit is now, in memory: typed arrays by slot, rebuilt from the store at start. */
import type { Snap } from '#road/access.ts';
import type { LngLat } from '#road/geo.ts';
import type { Fix } from './fix.ts';

export type SnapToRoad = (position: LngLat) => Snap | null;

/** The newest fix of a unit. Degrees WGS-84; what the device did not say is null. */
export interface LatestFix {
  unitId: string;
  slot: number;
  stationId: string | null;
  observedAtMs: number;
  lng: number;
  lat: number;
  accuracyM: number | null;
  speedMps: number | null;
  courseDeg: number | null;
  batteryPct: number | null;
}

const measures = ['accuracyM', 'speedMps', 'courseDeg', 'batteryPct'] as const;
type Measures = Record<(typeof measures)[number], Float32Array>;

/**
 * Latest-wins by the device's time. Of two fixes of one instant the larger key wins, so that any order and any
 * repetition of the same fixes ends in the same fleet, and so does a rebuild from the store.
 */
export class Fleet {
  /** Grows with every change; `changedSince` an earlier value gives the slots that moved. */
  version = 0;
  #size = 0;
  #lng = new Float64Array(0);
  #lat = new Float64Array(0);
  /** NaN: no fix in this slot. */
  #observedAt = new Float64Array(0);
  #changedAt = new Float64Array(0);
  #measured: Measures = allocateMeasures(0);
  /** Where the newest fix lies on the road. */
  readonly #snaps: (Snap | null)[] = [];
  readonly #snap: SnapToRoad;
  readonly #keys: string[] = [];
  readonly #unitIds: (string | undefined)[] = [];
  readonly #stationIds: (string | null)[] = [];
  readonly #slotOf = new Map<string, number>();

  /** @param snap ties a position to the road, once for each fix that becomes the newest */
  constructor(snap: SnapToRoad = () => null) {
    this.#snap = snap;
  }

  /** Makes a unit known, or moves it to another station. A fix does this too. */
  describe(unitId: string, slot: number, stationId: string | null): void {
    this.#reserve(slot + 1);
    this.#unitIds[slot] = unitId;
    this.#stationIds[slot] = stationId;
    this.#slotOf.set(unitId, slot);
  }

  /** Takes a fix unless it is flagged as future or not newer than what is there. Returns whether it became the latest. */
  offer(fix: Omit<Fix, 'rawLng' | 'rawLat' | 'rawCrs' | 'receivedAtMs' | 'deviceId'>): boolean {
    const { slot } = fix;
    if (this.#unitIds[slot] !== fix.unitId) this.describe(fix.unitId, slot, fix.stationId);
    if (fix.future) return false;
    const held = this.#observedAt[slot]!;
    if (fix.observedAtMs < held || (fix.observedAtMs === held && fix.key <= this.#keys[slot]!)) return false;
    this.#observedAt[slot] = fix.observedAtMs;
    this.#lng[slot] = fix.lng;
    this.#lat[slot] = fix.lat;
    for (const name of measures) this.#measured[name][slot] = fix[name] ?? Number.NaN;
    this.#snaps[slot] = this.#snap([fix.lng, fix.lat]);
    this.#keys[slot] = fix.key;
    this.#changedAt[slot] = ++this.version;
    return true;
  }

  /** The newest fix of a unit, or undefined when it is unknown or never reported. */
  latest(unitId: string): LatestFix | undefined {
    const slot = this.#slotOf.get(unitId);
    return slot === undefined ? undefined : this.at(slot);
  }

  /** The newest fix in a slot. */
  at(slot: number): LatestFix | undefined {
    const unitId = this.#unitIds[slot];
    if (unitId === undefined || Number.isNaN(this.#observedAt[slot]!)) return undefined;
    const measure = (name: (typeof measures)[number]) => {
      const value = this.#measured[name][slot]!;
      return Number.isNaN(value) ? null : value;
    };
    return {
      unitId,
      slot,
      stationId: this.#stationIds[slot]!,
      observedAtMs: this.#observedAt[slot]!,
      lng: this.#lng[slot]!,
      lat: this.#lat[slot]!,
      accuracyM: measure('accuracyM'),
      speedMps: measure('speedMps'),
      courseDeg: measure('courseDeg'),
      batteryPct: measure('batteryPct'),
    };
  }

  /** Where on the road the newest fix in a slot lies; null when none is near, or there is none. */
  snapAt(slot: number): Snap | null {
    return this.#snaps[slot] ?? null;
  }

  /** Every unit that has a fix, in slot order. */
  forEach(visit: (fix: LatestFix) => void): void {
    for (const slot of this.changedSince(0)) visit(this.at(slot)!);
  }

  /** Slots that changed after `version` (0: all with a fix), in slot order; of one station when it is given. */
  changedSince(version: number, stationId?: string): number[] {
    const slots: number[] = [];
    if (version >= this.version) return slots;
    for (let slot = 0; slot < this.#size; slot++) {
      if (this.#changedAt[slot]! <= version) continue;
      if (stationId === undefined || this.#stationIds[slot] === stationId) slots.push(slot);
    }
    return slots;
  }

  #reserve(size: number): void {
    if (size <= this.#size) return;
    if (size > this.#observedAt.length) this.#grow(Math.max(64, 2 ** Math.ceil(Math.log2(size))));
    for (let slot = this.#size; slot < size; slot++) {
      this.#keys[slot] = '';
      this.#unitIds[slot] = undefined;
      this.#stationIds[slot] = null;
    }
    this.#size = size;
  }

  #grow(capacity: number): void {
    const larger = (old: Float64Array, fill = 0) => {
      const grown = new Float64Array(capacity).fill(fill);
      grown.set(old);
      return grown;
    };
    this.#lng = larger(this.#lng);
    this.#lat = larger(this.#lat);
    this.#observedAt = larger(this.#observedAt, Number.NaN);
    this.#changedAt = larger(this.#changedAt);
    const measured = allocateMeasures(capacity);
    for (const name of measures) measured[name].set(this.#measured[name]);
    this.#measured = measured;
  }
}

function allocateMeasures(capacity: number): Measures {
  const array = () => new Float32Array(capacity);
  return { accuracyM: array(), speedMps: array(), courseDeg: array(), batteryPct: array() };
}
