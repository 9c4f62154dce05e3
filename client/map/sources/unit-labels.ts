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
/** More could not be read, and would cost a frame each second. */
const namesAtMost = 300;

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
  const { nowAt, lang } = options;
  return namedSlots(slots, options).map(({ slot, order }) => {
    const callsign = slots.info(slot)?.callsign ?? '';
    const stale = isStale(slots, slot, nowAt);
    return point(options.drawnAt(slot), {
      id: slots.info(slot)?.id ?? '',
      text: stale ? `${callsign}\n${ageText(nowAt - slots.fixAt[slot]!, lang)}` : callsign,
      state: unitStates[slots.state[slot]!] ?? 'outOfService',
      stale,
      order,
    });
  });
}

/** Slots that get a name, the most important first: selected, busy, fresh, stale. */
function namedSlots(slots: UnitSlots, options: LabelOptions): { slot: number; order: number }[] {
  const { view, selectedSlot } = options;
  const all = view.zoom >= labelAllFromZoom && options.inView <= labelAllUpTo;
  const named: { slot: number; order: number }[] = [];
  for (let slot = 0; slot < slots.count; slot++) {
    if (!slots.shown(slot) || !inside([slots.lngLat[2 * slot]!, slots.lngLat[2 * slot + 1]!], view)) continue;
    const busy = isBusy(slots, slot);
    if (slot === selectedSlot) named.push({ slot, order: 0 });
    else if (options.labels && options.hidden[slot] !== 1 && (all || busy)) {
      named.push({ slot, order: busy ? 1 : isStale(slots, slot, options.nowAt) ? 3 : 2 });
    }
  }
  return named.sort((a, b) => a.order - b.order).slice(0, namesAtMost);
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
