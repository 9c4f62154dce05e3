/** Sending a unit to look somewhere. */
import { type LineKind, lineKinds } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { ApiFailure } from '../../api/http.ts';
import { orderTask } from '../../api/tasks.ts';
import type { taskTexts } from '../../i18n/sections/tasks.ts';
import { sayDone } from '../desk-store.ts';

/** A place or segment that somebody may be sent to, and how it is looked at. */
export interface OrderTarget {
  what: 'place' | 'segment';
  id: string;
  kind: PlaceKind;
  name: string;
  method: SearchMethod;
  /** Why there, as the crew is to read it. */
  why?: string;
}

/** Orders, and says so: with a warning when the crew has no sworn officer. Resolves to why it was refused, if it was. */
export async function order(
  incidentId: string,
  unit: { unitId: string; callsign: string },
  { what, id, name, method, why: reason }: OrderTarget,
  texts: (typeof taskTexts)['zh'],
): Promise<string | null> {
  const target = what === 'place' ? { placeId: id } : { segmentId: id };
  try {
    const body = { unitId: unit.unitId, method, ...target, ...(reason !== undefined && { why: reason }) };
    const { needsSworn } = await orderTask(incidentId, body);
    sayDone((needsSworn ? texts.doneNeedsSworn : texts.done)(unit.callsign, name));
    return null;
  } catch (error) {
    const why = error instanceof ApiFailure && error.code === 'conflict' && whyOf(error.details);
    if (!why) throw error;
    if (why === 'alreadySent') return texts.alreadySent(unit.callsign);
    return `${unit.callsign} ${texts.why[why === 'outOfService' ? why : 'offDuty']}`;
  }
}

const whyOf = (details: unknown): string | undefined => (details as { why?: string } | undefined)?.why;

/** Segments are listed among the places, by their kinds. */
export const isSegmentKind = (kind: PlaceKind): kind is LineKind => lineKinds.some(line => line === kind);
