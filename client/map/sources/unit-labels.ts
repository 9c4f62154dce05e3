/** Callsigns: for all units in view when there are few, else only for those that matter now. */
import type { Feature } from 'geojson';
import type { Lang, LngLat } from '../scene.ts';
import { ageText } from './age.ts';
import type { Cluster, View } from './clusters.ts';
import { point } from './features.ts';
import { isBusy, isStale } from './unit-looks.ts';
import { type UnitSlots, unitStates } from './unit-slots.ts';

const labelAllFromZoom = 12.8;
const labelAllUpTo = 250;

export interface LabelOptions {
  view: View;
  inView: number;
  hidden: Uint8Array;
  selectedSlot: number;
  nowAt: number;
  lang: Lang;
  /** False: only the selected unit keeps its name. */
  labels: boolean;
  /** Where the mark is drawn, which while it slides is not yet the fix. */
  drawnAt: (slot: number) => LngLat;
}

/** Points with `text` (callsign, and the age when stale), `state`, `stale`, and `order` (smaller wins a collision). */
export function unitLabelFeatures(slots: UnitSlots, options: LabelOptions): Feature[] {
  const { view, nowAt, lang } = options;
  const all = view.zoom >= labelAllFromZoom && options.inView <= labelAllUpTo;
  const features: Feature[] = [];
  for (let slot = 0; slot < slots.count; slot++) {
    const info = slots.info(slot);
    const selected = slot === options.selectedSlot;
    if (!info || !slots.shown(slot)) continue;
    const busy = isBusy(slots, slot);
    if (!selected && !(options.labels && options.hidden[slot] !== 1 && (all || busy))) continue;
    const position = options.drawnAt(slot);
    if (!inside(position, view)) continue;
    const stale = isStale(slots, slot, nowAt);
    const text = stale ? `${info.callsign}\n${ageText(nowAt - slots.fixAt[slot]!, lang)}` : info.callsign;
    features.push(
      point(position, {
        id: info.id,
        text,
        state: unitStates[slots.state[slot]!] ?? 'outOfService',
        stale,
        order: selected ? 0 : busy ? 1 : stale ? 3 : 2,
      }),
    );
  }
  return features;
}

export function clusterFeatures(clusters: readonly Cluster[]): Feature[] {
  return clusters.map(cluster =>
    point(cluster.position, {
      count: cluster.count,
      available: cluster.available,
      west: cluster.bounds[0][0],
      south: cluster.bounds[0][1],
      east: cluster.bounds[1][0],
      north: cluster.bounds[1][1],
    }),
  );
}

function inside([lng, lat]: LngLat, view: View): boolean {
  return lng >= view.west && lng <= view.east && lat >= view.south && lat <= view.north;
}
