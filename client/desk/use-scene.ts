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
  toMapCoverage,
  toMapClosures,
  toMapIncidents,
  toMapJurisdictions,
  toMapNearest,
  toMapPlaces,
  toMapSearches,
  toMapSegments,
  toMapSightings,
  toMapStations,
} from './scene.ts';
import { tasksOf } from './tasks/selectors.ts';
import { useTaskStore } from './tasks/task-store.ts';

/** The scene of the live map: each slice stays the same object until what it is made from changes. `scale`: text and marks against a desk's. */
export function useScene(incidentId: string | null, scale = 1): MapScene {
  const tilesUrl = useSignedIn().region?.tilesUrl ?? '';
  const theme = usePrefs(prefs => prefs.theme);
  const lang = usePrefs(prefs => prefs.lang);
  const nowAt = useNow();
  const worldIncidents = useLive(live => live.world.incidents);
  const worldClosures = useLive(live => live.world.closures);
  const incident = incidentId === null ? undefined : worldIncidents[incidentId];
  const reference = useReference(all => all);
  const { selection, switches, nearest: shown } = useDesk(desk => desk);

  const incidents = useMemo(
    () => toMapIncidents(worldIncidents, reference.stations, incidentId),
    [worldIncidents, reference.stations, incidentId],
  );
  const allTasks = useLive(live => live.world.tasks);
  const tasks = useMemo(() => tasksOf(allTasks, incidentId ?? ''), [allTasks, incidentId]);
  const views = useTaskStore(store => store.views);
  const ways = useTaskStore(store => store.ways);
  const routes = useMemo(() => Object.values(ways).map(way => ({ ...way, proposed: false })), [ways]);
  const sightings = useMemo(
    () => [...toMapSightings(incident, reference.places), ...toMapSearches(incident, tasks, views)],
    [incident, reference.places, tasks, views],
  );
  const stations = useMemo(() => toMapStations(reference.stations), [reference.stations]);
  const jurisdictions = useMemo(() => toMapJurisdictions(reference.stations), [reference.stations]);
  const places = useMemo(() => toMapPlaces(reference.places), [reference.places]);
  const segments = useMemo(
    () => toMapSegments(reference.segments, incident, tasks),
    [reference.segments, incident, tasks],
  );
  const downCameras = useLive(live => live.world.downCameras);
  const cameras = useMemo(
    () => toMapCameras(reference.cameras, downCameras, incident, sightings),
    [reference.cameras, downCameras, incident, sightings],
  );
  const coverage = useMemo(
    () => toMapCoverage(reference.coverage, reference.servedGround),
    [reference.coverage, reference.servedGround],
  );
  const closures = useMemo(() => toMapClosures(worldClosures), [worldClosures]);
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
      coverage,
      closures,
      nearest,
      routes,
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
      coverage,
      closures,
      nearest,
      routes,
      marked,
      switches,
    ],
  );
}
