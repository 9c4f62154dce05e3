/** Which unit is under the pointer: a scan over the slots, cheaper than reading back from the graphics card. */
import type { LngLat } from '../scene.ts';
import { lookStride } from './unit-looks.ts';
import type { UnitSlots } from './unit-slots.ts';

export interface HitOptions {
  /** As drawn: hidden slots (scale 0) are not hit. */
  looks: Float32Array;
  drawnAt: (slot: number) => LngLat;
  /** Screen position of a coordinate, css px. */
  project: (position: LngLat) => { x: number; y: number };
  /** Degrees around the pointer in which to look at all; keeps the projection off most units. */
  reachDeg: number;
}

/** Slot of the nearest drawn unit within `radiusPx` of the pointer, or −1. */
export function unitAt(
  slots: UnitSlots,
  pointer: { x: number; y: number; position: LngLat },
  radiusPx: number,
  options: HitOptions,
): number {
  let best = -1;
  let bestPx = radiusPx;
  for (let slot = 0; slot < slots.count; slot++) {
    if (!slots.shown(slot) || !(options.looks[lookStride * slot + 1]! > 0)) continue;
    const nearLng = Math.abs(slots.lngLat[2 * slot]! - pointer.position[0]) <= options.reachDeg;
    if (!nearLng || Math.abs(slots.lngLat[2 * slot + 1]! - pointer.position[1]) > options.reachDeg) continue;
    const { x, y } = options.project(options.drawnAt(slot));
    const distancePx = Math.hypot(x - pointer.x, y - pointer.y);
    if (distancePx > bestPx) continue;
    best = slot;
    bestPx = distancePx;
  }
  return best;
}
