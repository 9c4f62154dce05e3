/**
 * Layers that only some pages draw. The map draws what the scene brings, so that a page without them, such as the wall,
 * does not load them.
 */
import type { MapImage } from './images/draw.ts';
import type { MapLayer } from './layers/layer.ts';
import type { MapScene } from './scene.ts';
import type { Surface, SurfaceFrame } from './sources/surface.ts';

export interface MapOverlay {
  /** Drawn over the ground that sightings cover, under ways and marks; the surface lies right under the first of them. */
  ground: readonly MapLayer[];
  /** Drawn over places and stations, under the sightings' numbers. */
  marks: readonly MapLayer[];
  /** What the surface is made of: it is painted anew when one of these changes by identity. */
  surfaceInputs: (scene: MapScene) => readonly unknown[];
  /** The surface as it is to be seen in a frame of the map; null when there is none. */
  surface: (scene: MapScene, frame: SurfaceFrame) => Surface | null;
  /** An image that a style of these layers names; null when it is not one of theirs. */
  image: (name: string) => MapImage | null;
}
