import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { defaultMethod } from '#domain/task.ts';
import { isSegmentKind, type OrderTarget } from '../tasks/order.ts';

/** A believed or planned place as one that somebody is sent to; without a method, as its kind is usually looked at. */
export function targetOf(
  { placeId, kind, name }: { placeId: string; kind: PlaceKind; name: string },
  method: SearchMethod = defaultMethod(kind),
): OrderTarget {
  return { what: isSegmentKind(kind) ? 'segment' : 'place', id: placeId, kind, name, method };
}
