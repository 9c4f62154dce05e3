/** Where she was met, as it is chosen when an incident is closed. Pure. */
import type { PositionInput } from '#contract/common.ts';
import type { WorldTask } from '#domain/world.ts';
import type { BelievedPlace } from '../../api/locate.ts';
import type { TaskView } from '../../api/tasks.ts';
import type { LngLat } from '../../map/scene.ts';

/** One place that can be chosen. */
export interface FoundChoice {
  value: string;
  /** The task that found her there, when one did. */
  task: TaskView | null;
  place: BelievedPlace | null;
  body: { foundPlaceId: string } | { foundAt: PositionInput };
}

/** As many of the likely places are offered. */
const mostPlaces = 12;

/** Where a task found her first, then the likely places that are not the same. */
export function foundChoices(
  found: readonly WorldTask[],
  views: Readonly<Record<string, TaskView>>,
  places: readonly BelievedPlace[],
): FoundChoice[] {
  const byTask = found.flatMap(({ id, placeId, segmentId }) => {
    const targetId = placeId ?? segmentId;
    if (targetId === null) return [];
    return [{ value: targetId, task: views[id] ?? null, place: null, body: { foundPlaceId: targetId } }];
  });
  const taken = new Set(byTask.map(({ value }) => value));
  const likely = places
    .slice(0, mostPlaces)
    .filter(({ placeId }) => !taken.has(placeId))
    .map(place => ({ value: place.placeId, task: null, place, body: bodyOf(place) }));
  return [...byTask, ...likely];
}

/** A street is not among the known places before somebody is sent there: it goes by its position. */
const bodyOf = ({ placeId, kind, position }: BelievedPlace): FoundChoice['body'] =>
  kind === 'street' ? { foundAt: { ...position, crs: 'wgs84' } } : { foundPlaceId: placeId };

/** What is sent for a choice; nothing for none. */
export function foundBody(
  choices: readonly FoundChoice[],
  chosen: string,
  point: LngLat | null,
): Partial<{ foundPlaceId: string; foundAt: PositionInput }> {
  if (chosen === onMap) return point ? { foundAt: { lng: point[0], lat: point[1], crs: 'wgs84' } } : {};
  return choices.find(({ value }) => value === chosen)?.body ?? {};
}

export const nowhere = 'none';
export const onMap = 'map';
