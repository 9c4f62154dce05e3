/** Ferries that take cars, as roads of their own class. */
import type { Tags } from './osm.ts';
import { isOpenToCars } from './rules.ts';

/** Driving on, casting off, and off again at the other side. */
const BOARDING_S = 5 * 60;
const SAILING_KMH = 15;

/** Whether it is a ferry that cars may come aboard of. */
export const isCarFerry = (tags: Tags): boolean => tags.route === 'ferry' && isOpenToCars(tags);

/** Seconds of a `duration`: `25` (minutes), `1:05`, `01:05:00`, `PT1H5M`; null when it cannot be read. */
export function durationS(text: string | undefined): number | null {
  if (text === undefined) return null;
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  if (iso) return clockS(iso[1], iso[2], iso[3]);
  const clock = /^(?:(\d+):)?(\d+)(?::(\d+))?$/.exec(text);
  return clock && clockS(clock[1], clock[2], clock[3]);
}

function clockS(hours = '0', minutes = '0', seconds = '0'): number | null {
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return total > 0 ? total : null;
}

/** Average speed from shore to shore, boarding included; `duration` as the source has it. */
export function ferrySpeedKmh(duration: string | undefined, lengthM: number): number {
  const sailingS = durationS(duration) ?? lengthM / (SAILING_KMH / 3.6);
  return Math.max(0.1, (lengthM / (sailingS + BOARDING_S)) * 3.6);
}
