import { useCallback } from 'react';
import { usePrefs } from '../app/prefs.ts';
import { nameIn } from '../i18n/name-in.ts';
import { useReference } from './reference.ts';

/** Stations' names in the language in use; null for one that is not known, and for none. The same function until a name changes. */
export function useStationNames(): (stationId: string | null) => string | null {
  const lang = usePrefs(prefs => prefs.lang);
  const stations = useReference(reference => reference.stations);
  return useCallback(
    stationId => {
      const station = stations.find(({ id }) => id === stationId);
      return station ? nameIn(station, lang) : null;
    },
    [stations, lang],
  );
}

/** A station's name in the language in use; null while it is not known. */
export const useStationName = (stationId: string | null): string | null => useStationNames()(stationId);
