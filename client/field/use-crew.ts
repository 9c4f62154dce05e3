import { useEffect, useState } from 'react';
import type { OfficerView } from '#contract/roster.ts';
import { fetchRoster, type RosterView } from '../api/roster.ts';
import { serverNow } from '../clock/use-now.ts';
import { useQuery } from '../desk/use-query.ts';
import { isRecord } from '../app/kept.ts';
import { keepOnPhone, keptOnPhone } from './keep.ts';

export interface Crew {
  officers: readonly OfficerView[];
  /** Who rides with the unit now, by the roster. */
  ofUnit: readonly string[];
}

const aMomentMs = 60_000;
const none: Crew = { officers: [], ofUnit: [] };

/** The officers that may be at the door: the roster now, or as this phone last heard of it. */
export function useCrew(unitId: string): Crew {
  const [kept] = useState(() => keptCrew(unitId));
  const { data } = useQuery(unitId, signal => {
    const now = serverNow();
    const iso = (ms: number) => new Date(ms).toISOString();
    return fetchRoster(iso(now), iso(now + aMomentMs), signal);
  });
  useEffect(() => {
    if (data) keepOnPhone(`officers.${unitId}`, crewOf(data, unitId));
  }, [data, unitId]);
  return data ? crewOf(data, unitId) : kept;
}

const crewOf = ({ officers, shifts }: RosterView, unitId: string): Crew => ({
  officers,
  ofUnit: shifts.find(shift => shift.unitId === unitId)?.officerIds ?? [],
});

function keptCrew(unitId: string): Crew {
  const kept = keptOnPhone(`officers.${unitId}`);
  return isRecord(kept) ? (kept as unknown as Crew) : none;
}
