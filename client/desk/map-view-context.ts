import { createContext, useContext } from 'react';
import type { LngLat } from '../map/scene.ts';

/** What panels may ask of the map. Before the map is there, asking does nothing. */
export interface MapVerbs {
  flyTo(position: LngLat): void;
  /** The whole region. */
  fitRegion(): void;
}

export const MapViewContext = createContext<MapVerbs>({ flyTo: () => {}, fitRegion: () => {} });
export const useMapView = () => useContext(MapViewContext);
