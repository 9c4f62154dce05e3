/** Verbs of the camera. In still mode every move is a jump. */
import { LngLatBounds, type Map as MapLibreMap, type PaddingOptions } from 'maplibre-gl';
import type { LngLat } from '../scene.ts';
import { earthM } from '../sources/mercator.ts';

export interface CameraView {
  center: LngLat;
  zoom: number;
  bearingDeg: number;
  /** Ground metres per css px in the middle of the map, for the scale bar. */
  metresPerPx: number;
}

export interface FitOptions {
  /** Css px that panels cover at each side. */
  padding?: Partial<PaddingOptions>;
  maxZoom?: number;
}

const edgePx = 64;
const moveMs = 600;

export class Camera {
  /** Unit that the camera keeps up with. */
  followed: string | null = null;
  private readonly map: MapLibreMap;
  private readonly durationMs: number;

  constructor(map: MapLibreMap, still: boolean) {
    this.map = map;
    this.durationMs = still ? 0 : moveMs;
  }

  view(): CameraView {
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const metresPerPx = (earthM * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
    return { center: [lng, lat], zoom, bearingDeg: this.map.getBearing(), metresPerPx };
  }

  /** Shows all positions; nothing to show changes nothing. */
  fit(positions: readonly LngLat[], { padding, maxZoom = 16 }: FitOptions = {}): void {
    const [first] = positions;
    if (!first) return;
    const bounds = positions.reduce((box, position) => box.extend(position), new LngLatBounds(first, first));
    const edges = { top: edgePx, bottom: edgePx, left: edgePx, right: edgePx };
    this.map.fitBounds(bounds, { padding: { ...edges, ...padding }, maxZoom, duration: this.durationMs });
  }

  flyTo(center: LngLat, zoom = Math.max(14, this.map.getZoom())): void {
    if (this.durationMs === 0) this.map.jumpTo({ center, zoom });
    else this.map.flyTo({ center, zoom, duration: 2 * this.durationMs });
  }

  /** A small correction, as often as positions come. */
  glideTo(center: LngLat): void {
    if (this.durationMs === 0) this.map.jumpTo({ center });
    else this.map.easeTo({ center, duration: 900, easing: t => t });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: this.durationMs / 2 });
  }

  resetNorth(): void {
    this.map.easeTo({ bearing: 0, pitch: 0, duration: this.durationMs });
  }
}
