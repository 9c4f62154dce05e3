import type { LngLat, MapTarget } from '../map/scene.ts';
import { middleOf } from '../map/sources/closures.ts';
import { liveStore, unitSlots } from '../store/live.ts';
import { believedPlace } from './locate/locate-store.ts';
import { currentReference } from './reference.ts';
import { incidentPosition, lngLat } from './scene.ts';

/** Where the thing is that was clicked; null when that is not known. */
export function positionOf(target: MapTarget): LngLat | null {
  const reference = currentReference();
  switch (target.kind) {
    case 'point':
      return target.position;
    case 'cluster': {
      const [[west, south], [east, north]] = target.bounds;
      return [(west + east) / 2, (south + north) / 2];
    }
    case 'unit': {
      const slot = unitSlots.slotOf(target.id);
      return slot === undefined ? null : [unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!];
    }
    case 'incident': {
      const incident = liveStore.getState().world.incidents[target.id];
      return incident ? incidentPosition(incident, reference.stations) : null;
    }
    case 'segment': {
      const line = reference.segments.find(({ id }) => id === target.id)?.line.coordinates;
      const middle = line?.[Math.floor(line.length / 2)];
      return middle ? [middle[0]!, middle[1]!] : null;
    }
    case 'station':
    case 'place':
    case 'camera': {
      const lists = { station: reference.stations, place: reference.places, camera: reference.cameras };
      const thing = lists[target.kind].find(({ id }) => id === target.id);
      const known = thing ?? believedPlace(target.id);
      return known ? lngLat(known.position) : null;
    }
    case 'closure': {
      const closure = liveStore.getState().world.closures[target.id];
      return closure ? middleOf(closure.line) : null;
    }
    case 'sighting':
      return null;
  }
}
