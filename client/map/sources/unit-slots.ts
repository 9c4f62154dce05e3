/**
 * Where every unit is, in typed arrays by slot, so that 5,000 fixes a second make no garbage. The stream's
 * position records write here; the map reads. Slots are the server's and stay with a unit.
 */
import type { UnitKind, UnitState } from '#contract/unit.ts';

/** Own lists, in the order of the byte codes, so that the contract's schemas stay out of the wall's bundle. */
export const unitStates = [
  'available',
  'dispatched',
  'enRoute',
  'onScene',
  'outOfService',
] as const satisfies UnitState[];
export const unitKinds = ['car', 'motorcycle', 'foot'] as const satisfies UnitKind[];

export interface UnitInfo {
  id: string;
  callsign: string;
  kind: UnitKind;
  state: UnitState;
}

/** A slot without a unit or without a fix has `fixAt` NaN. */
export class UnitSlots {
  /** [lng, lat] per slot. */
  lngLat = new Float64Array(0);
  courseDeg = new Float32Array(0);
  speedMps = new Float32Array(0);
  /** When the device was there, ms since 1970. */
  fixAt = new Float64Array(0);
  /** Index in `unitStates`. */
  state = new Uint8Array(0);
  /** Index in `unitKinds`. */
  kind = new Uint8Array(0);
  /** One beyond the highest slot in use. */
  count = 0;
  /** Grows with every change, so that a reader can tell whether it is up to date. */
  version = 0;
  private readonly infos: (UnitInfo | undefined)[] = [];
  private readonly slotById = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  /** Gives a slot its unit, or changes callsign, kind or state of the unit that is there. */
  describe(slot: number, info: UnitInfo): void {
    this.reserve(slot + 1);
    const before = this.infos[slot];
    if (before && before.id !== info.id) this.remove(slot);
    this.infos[slot] = info;
    this.slotById.set(info.id, slot);
    this.state[slot] = unitStates.indexOf(info.state);
    this.kind[slot] = unitKinds.indexOf(info.kind);
    this.count = Math.max(this.count, slot + 1);
    this.version++;
  }

  /** Writes a fix. Older than the one that is there: ignored, since a late fix never moves a live mark backwards. */
  place(slot: number, lng: number, lat: number, fixAt: number, speedMps: number, courseDeg: number): void {
    this.reserve(slot + 1);
    if (this.fixAt[slot]! > fixAt) return;
    this.lngLat[2 * slot] = lng;
    this.lngLat[2 * slot + 1] = lat;
    this.fixAt[slot] = fixAt;
    this.speedMps[slot] = speedMps;
    this.courseDeg[slot] = courseDeg;
    this.count = Math.max(this.count, slot + 1);
    this.version++;
  }

  remove(slot: number): void {
    const info = this.infos[slot];
    if (info) this.slotById.delete(info.id);
    this.infos[slot] = undefined;
    this.fixAt[slot] = Number.NaN;
    this.version++;
  }

  /** Forgets everything: a new snapshot or a seek of the replay. */
  clear(): void {
    this.infos.length = 0;
    this.slotById.clear();
    this.fixAt.fill(Number.NaN);
    this.count = 0;
    this.version++;
  }

  info(slot: number): UnitInfo | undefined {
    return this.infos[slot];
  }

  slotOf(unitId: string): number | undefined {
    return this.slotById.get(unitId);
  }

  /** True when the slot has both a unit and a fix: what can be drawn. */
  shown(slot: number): boolean {
    return this.infos[slot] !== undefined && !Number.isNaN(this.fixAt[slot]!);
  }

  /** Calls back after `notify`; returns the way out. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Once per batch of records or facts, not once per record. */
  notify(): void {
    for (const listener of this.listeners) listener();
  }

  private reserve(size: number): void {
    if (size <= this.fixAt.length) return;
    const capacity = Math.max(64, 2 ** Math.ceil(Math.log2(size)));
    this.lngLat = grown(this.lngLat, new Float64Array(2 * capacity));
    this.courseDeg = grown(this.courseDeg, new Float32Array(capacity));
    this.speedMps = grown(this.speedMps, new Float32Array(capacity));
    this.fixAt = grown(this.fixAt, new Float64Array(capacity).fill(Number.NaN));
    this.state = grown(this.state, new Uint8Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
  }
}

function grown<T extends Float64Array | Float32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
