import { type RefObject, useEffect } from 'react';
import type { WorldIncident } from '#domain/world.ts';
import { useMapView } from '../map-view-context.ts';
import { useReference } from '../reference.ts';
import { incidentExtent } from '../scene.ts';
import { useLocate } from './locate-store.ts';
import { believedExtent } from './to-map.ts';

/**
 * Brings where she may be into view when it first shows, on the map and in the panel; later both are left where the
 * operator has put them.
 */
export function useFitBelief(incident: WorldIncident, panel: RefObject<HTMLElement | null>): void {
  const map = useMapView();
  const { stations, places } = useReference(reference => reference);
  const posterior = useLocate(locate => locate.now?.posterior ?? null);
  const shows = posterior !== null;
  useEffect(() => {
    if (!posterior) return;
    map.fit([...incidentExtent(incident, stations, places), ...believedExtent(posterior)]);
    panel.current?.scrollIntoView({ block: 'nearest' });
    // Only when it first shows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, shows]);
}
