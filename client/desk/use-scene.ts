import { useMemo } from 'react';
import { usePrefs } from '../app/prefs.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import type { MapScene } from '../map/scene.ts';
import { unitSlots, useLive } from '../store/live.ts';
import { useDesk } from './desk-store.ts';
import { useReference } from './reference.ts';
import {
  toMapCameras,
  toMapIncidents,
  toMapJurisdictions,
  toMapNearest,
  toMapPlaces,
  toMapSegments,
  toMapSightings,
  toMapStations,
} from './scene.ts';

/** The scene of the live map: each slice stays the same object until what it is made from changes. `scale`: text and marks against a desk's. */
export function useScene(incidentId: string | null, scale = 1): MapScene {
  const tilesUrl = useSignedIn().region?.tilesUrl ?? '';
  const theme = usePrefs(prefs => prefs.theme);
  const lang = usePrefs(prefs => prefs.lang);
  const nowAt = useNow();
  const worldIncidents = useLive(live => live.world.incidents);
  const incident = incidentId === null ? undefined : worldIncidents[incidentId];
  const reference = useReference(all => all);
  const { selection, switches, nearest: shown } = useDesk(desk => desk);

  const incidents = useMemo(
    () => toMapIncidents(worldIncidents, reference.stations),
    [worldIncidents, reference.stations],
  );
  const sightings = useMemo(() => toMapSightings(incident, reference.places), [incident, reference.places]);
  const stations = useMemo(() => toMapStations(reference.stations), [reference.stations]);
  const jurisdictions = useMemo(() => toMapJurisdictions(reference.stations), [reference.stations]);
  const places = useMemo(() => toMapPlaces(reference.places), [reference.places]);
  const segments = useMemo(() => toMapSegments(reference.segments, incident), [reference.segments, incident]);
  const cameras = useMemo(() => toMapCameras(reference.cameras), [reference.cameras]);
  const nearest = useMemo(() => toMapNearest(shown), [shown]);
  // What was clicked last stands out; otherwise the incident that is open.
  const marked = useMemo(
    () => selection ?? (incidentId === null ? null : { kind: 'incident' as const, id: incidentId }),
    [selection, incidentId],
  );

  return useMemo(
    () => ({
      tilesUrl,
      scale,
      theme,
      lang,
      nowAt,
      units: unitSlots,
      incidents,
      sightings,
      posterior: null,
      stations,
      jurisdictions,
      places,
      segments,
      cameras,
      nearest,
      routes: none,
      isochrone: null,
      selection: marked,
      switches,
    }),
    [
      tilesUrl,
      scale,
      theme,
      lang,
      nowAt,
      incidents,
      sightings,
      stations,
      jurisdictions,
      places,
      segments,
      cameras,
      nearest,
      marked,
      switches,
    ],
  );
}

const none: readonly never[] = [];
