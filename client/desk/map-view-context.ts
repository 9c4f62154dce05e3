import { createContext, useContext } from 'react';
import type { LngLat } from '../map/scene.ts';

/** What panels may ask of the map. Before the map is there, asking does nothing. */
export interface MapVerbs {
  flyTo: (position: LngLat) => void;
  /** All of these in view. */
  fit: (positions: readonly LngLat[]) => void;
  /** The whole region. */
  fitRegion: () => void;
  zoomBy: (steps: number) => void;
}

export const MapViewContext = createContext<MapVerbs>({
  flyTo: () => {},
  fit: () => {},
  fitRegion: () => {},
  zoomBy: () => {},
});
export const useMapView = () => useContext(MapViewContext);
