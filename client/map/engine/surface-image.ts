/** The probability surface as a picture under the names: painted for what is in view, and anew when that has changed. */
import type { ImageSource, Map as MapLibreMap } from 'maplibre-gl';
import type { MapScene } from '../scene.ts';
import { earthM, mercatorLat, mercatorX, mercatorY } from '../sources/mercator.ts';
import type { SurfaceFrame } from '../sources/surface.ts';
import { type Corners, surfaceSource } from './scene-style.ts';

/** A place for the picture while there is none; it draws nothing. */
export const nowhere: Corners = [
  [0, 0.001],
  [0.001, 0.001],
  [0.001, 0],
  [0, 0],
];
const noPixels = new ImageData(1, 1);

/** Css px for one of the picture: it is soft anyway. */
const coarseness = 2;
/** Painted beyond each edge of the view, in shares of its size, so that a small move needs no new picture. */
const margin = 0.35;
/** A picture made for a zoom farther off than this no longer has the right glow. */
const zoomSlack = 0.4;
const mostPx = 1600;

export class SurfaceImage {
  corners: Corners = nowhere;
  private readonly map: MapLibreMap;
  private latest: MapScene;
  private painted: { frame: SurfaceFrame; zoom: number } | null = null;

  constructor(map: MapLibreMap, scene: MapScene) {
    this.map = map;
    this.latest = scene;
  }

  show(scene: MapScene): void {
    this.latest = scene;
    const frame = this.frame();
    const surface = scene.overlay?.surface(scene, frame) ?? null;
    this.painted = surface && { frame, zoom: this.map.getZoom() };
    this.corners = surface?.corners ?? nowhere;
    const image = surface ? new ImageData(surface.pixels, surface.width, surface.height) : noPixels;
    const source = this.map.style ? this.map.getSource<ImageSource>(surfaceSource) : undefined;
    if (source) source.updateImage({ image, coordinates: this.corners });
    else void this.map.once('style.load').then(() => this.show(this.latest));
  }

  /** After the map has moved: a new picture if the old one no longer serves. */
  follow(): void {
    if (!this.painted) return;
    const { frame, zoom } = this.painted;
    const seen = this.view();
    const inside =
      seen.west >= frame.west &&
      seen.north >= frame.north &&
      seen.east <= frame.west + frame.width / frame.pxPerWorld &&
      seen.south <= frame.north + frame.height / frame.pxPerWorld;
    if (!inside || Math.abs(zoom - this.map.getZoom()) > zoomSlack) this.show(this.latest);
  }

  /** What is in view, in Web Mercator. */
  private view(): { west: number; north: number; east: number; south: number } {
    const bounds = this.map.getBounds();
    return {
      west: mercatorX(bounds.getWest()),
      north: mercatorY(bounds.getNorth()),
      east: mercatorX(bounds.getEast()),
      south: mercatorY(bounds.getSouth()),
    };
  }

  private frame(): SurfaceFrame {
    const { west, north, east, south } = this.view();
    const [across, down] = [(east - west) * (1 + 2 * margin), (south - north) * (1 + 2 * margin)];
    const wanted = (512 * 2 ** this.map.getZoom()) / coarseness;
    // A tilted map sees far: it gets a coarser picture instead of an endless one.
    const pxPerWorld = Math.min(wanted, mostPx / Math.max(across, down));
    const cosLat = Math.cos((mercatorLat((north + south) / 2) * Math.PI) / 180);
    return {
      west: west - margin * (east - west),
      north: north - margin * (south - north),
      width: Math.ceil(across * pxPerWorld),
      height: Math.ceil(down * pxPerWorld),
      pxPerWorld,
      metresPerPx: (earthM * cosLat) / pxPerWorld,
    };
  }
}
