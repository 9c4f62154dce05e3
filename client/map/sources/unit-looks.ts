/** What each unit's mark looks like now, in the form that the graphics card reads: no object per unit. */
import { type UnitSlots, unitKinds, unitStates } from './unit-slots.ts';

/** Floats per slot: sprite, scale (0 hides), course degrees (−1 without arrow), emphasis (1 selected). */
export const lookStride = 4;
/** A unit that has not been heard of for so long is drawn grey with its age. */
export const staleAfterMs = 60_000;
/** Slower than this the course is noise. */
const courseFromMps = 1;

/** Sprites per fresh kind and state, then the same again for stale ones; see unit-atlas.ts. */
const spriteCount = 2 * unitKinds.length * unitStates.length;

export function spriteOf(kind: number, state: number, stale: boolean): number {
  return (stale ? spriteCount / 2 : 0) + kind * unitStates.length + state;
}

export function isStale(slots: UnitSlots, slot: number, nowAt: number): boolean {
  return nowAt - slots.fixAt[slot]! > staleAfterMs;
}

/** On the way or on the scene: always drawn alone, never in a cluster. */
export function isBusy(slots: UnitSlots, slot: number): boolean {
  const state = unitStates[slots.state[slot]!];
  return state === 'dispatched' || state === 'enRoute' || state === 'onScene';
}

export interface LookOptions {
  nowAt: number;
  /** 1 for slots that a cluster stands for. */
  hidden: Uint8Array;
  selectedSlot: number;
  /** False: units are switched off. */
  visible: boolean;
}

/** Writes the looks of all slots into `looks` (lookStride floats a slot). */
export function writeLooks(slots: UnitSlots, looks: Float32Array, options: LookOptions): void {
  for (let slot = 0; slot < slots.count; slot++) {
    const at = lookStride * slot;
    const selected = slot === options.selectedSlot;
    const drawn = options.visible && slots.shown(slot) && (selected || options.hidden[slot] !== 1);
    const stale = isStale(slots, slot, options.nowAt);
    looks[at] = spriteOf(slots.kind[slot]!, slots.state[slot]!, stale);
    looks[at + 1] = drawn ? (selected ? 1.25 : 1) : 0;
    looks[at + 2] = !stale && slots.speedMps[slot]! >= courseFromMps ? slots.courseDeg[slot]! : -1;
    looks[at + 3] = selected ? 1 : 0;
  }
}
