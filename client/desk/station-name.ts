import { usePrefs } from '../app/prefs.ts';
import { useReference } from './reference.ts';

/** A station's name in the language in use; null while it is not known. */
export function useStationName(stationId: string | null): string | null {
  const lang = usePrefs(prefs => prefs.lang);
  const station = useReference(reference => reference.stations.find(({ id }) => id === stationId));
  if (!station) return null;
  return lang === 'en' && station.nameEn ? station.nameEn : station.name;
}
