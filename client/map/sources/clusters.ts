/** Many units on a small map: counts on a screen grid instead of a heap of marks. */
import type { LngLat } from '../scene.ts';
import { mercator } from './mercator.ts';
import { isBusy } from './unit-looks.ts';
import type { UnitSlots } from './unit-slots.ts';

/** Above this zoom every unit stands alone, whatever the number. */
export const clusterBelowZoom = 12.5;
/** With no more than this many in view there is room for all. */
export const clusterAboveCount = 300;
const gridPx = 72;

export interface Cluster {
  /** Mean position of its units. */
  position: LngLat;
  count: number;
  available: number;
  bounds: [LngLat, LngLat];
}

export interface View {
  west: number;
  south: number;
  east: number;
  north: number;
  zoom: number;
}

export interface Clustering {
  clusters: Cluster[];
  /** 1 for slots that a cluster stands for; busy and lone units are not. */
  hidden: Uint8Array;
  inView: number;
}

/** Groups the units in `view`; outside of it nothing is grouped nor drawn apart. */
export function clusterUnits(slots: UnitSlots, view: View): Clustering {
  const hidden = new Uint8Array(slots.count);
  const inView = unitsInView(slots, view);
  if (view.zoom >= clusterBelowZoom || inView.length <= clusterAboveCount) {
    return { clusters: [], hidden, inView: inView.length };
  }
  const groups = new Map<number, number[]>();
  for (const slot of inView) {
    if (isBusy(slots, slot)) continue;
    const cell = gridCell(slots, slot, view.zoom);
    const group = groups.get(cell);
    if (group) group.push(slot);
    else groups.set(cell, [slot]);
  }
  const clusters: Cluster[] = [];
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const slot of group) hidden[slot] = 1;
    clusters.push(clusterOf(slots, group));
  }
  return { clusters, hidden, inView: inView.length };
}

function unitsInView(slots: UnitSlots, view: View): number[] {
  const found: number[] = [];
  for (let slot = 0; slot < slots.count; slot++) {
    const lng = slots.lngLat[2 * slot]!;
    const lat = slots.lngLat[2 * slot + 1]!;
    const inside = lng >= view.west && lng <= view.east && lat >= view.south && lat <= view.north;
    if (inside && slots.shown(slot)) found.push(slot);
  }
  return found;
}

/** Cell of a world-wide grid at the whole zoom level, so that panning does not regroup. */
function gridCell(slots: UnitSlots, slot: number, zoom: number): number {
  const cells = (512 * 2 ** Math.floor(zoom)) / gridPx;
  const [x, y] = mercator(slots.lngLat[2 * slot]!, slots.lngLat[2 * slot + 1]!);
  return Math.floor(x * cells) * 2 ** 26 + Math.floor(y * cells);
}

function clusterOf(slots: UnitSlots, group: number[]): Cluster {
  const lngs = group.map(slot => slots.lngLat[2 * slot]!);
  const lats = group.map(slot => slots.lngLat[2 * slot + 1]!);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    position: [mean(lngs), mean(lats)],
    count: group.length,
    available: group.filter(slot => slots.state[slot] === 0).length,
    bounds: [
      [Math.min(...lngs), Math.min(...lats)],
      [Math.max(...lngs), Math.max(...lats)],
    ],
  };
}
