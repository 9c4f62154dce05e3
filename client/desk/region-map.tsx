import { useSignedIn } from '../app/session.ts';
import { MapView, type MapViewProps } from '../map/map-view.tsx';
import { MapBoundary } from '../ui/map-boundary.tsx';

/** The map of the region in use; without a region there is none, and without WebGL2 the page goes on. */
export function RegionMap(props: Omit<MapViewProps, 'home' | 'attribution'>) {
  const { region } = useSignedIn();
  if (!region) return null;
  return (
    <MapBoundary>
      <MapView
        {...props}
        home={region.bbox as [number, number, number, number]}
        attribution={region.attribution}
      />
    </MapBoundary>
  );
}
