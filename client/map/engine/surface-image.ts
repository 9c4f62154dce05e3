/** The probability surface as a picture under the names. */
import type { ImageSource, Map as MapLibreMap } from 'maplibre-gl';
import { heat } from '../layers/heat.ts';
import type { MapScene } from '../scene.ts';
import { surfaceOf } from '../sources/posterior.ts';
import { type Corners, surfaceSource } from './scene-style.ts';

/** A place for the picture while there is none; it draws nothing. */
export const nowhere: Corners = [
  [0, 0.001],
  [0.001, 0.001],
  [0.001, 0],
  [0, 0],
];
const noPixels = new ImageData(1, 1);

export class SurfaceImage {
  corners: Corners = nowhere;
  private readonly map: MapLibreMap;
  private latest: MapScene;

  constructor(map: MapLibreMap, scene: MapScene) {
    this.map = map;
    this.latest = scene;
  }

  show(scene: MapScene): void {
    const { posterior, switches, theme } = scene;
    this.latest = scene;
    const cells = switches.posterior ? posterior?.cells : undefined;
    const surface = cells ? surfaceOf(cells, heat[theme].ramp) : null;
    this.corners = surface?.corners ?? nowhere;
    const image = surface ? new ImageData(surface.pixels, surface.width, surface.height) : noPixels;
    const source = this.map.style ? this.map.getSource<ImageSource>(surfaceSource) : undefined;
    if (source) source.updateImage({ image, coordinates: this.corners });
    else void this.map.once('style.load').then(() => this.show(this.latest));
  }
}
