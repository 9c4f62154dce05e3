/** Feeds GeoJSON sources: one update in flight per source, and of those that wait only the newest counts. */
import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, type Map as MapLibreMap } from 'maplibre-gl';

export class DataPump {
  private readonly map: MapLibreMap;
  private readonly waiting = new Map<string, FeatureCollection>();
  private readonly busy = new Set<string>();

  constructor(map: MapLibreMap) {
    this.map = map;
    map.on('style.load', () => {
      for (const sourceId of this.waiting.keys()) void this.drain(sourceId);
    });
  }

  /** Shows `data` as soon as the source is there and free: a style may be still loading, or away with a lost context. */
  set(sourceId: string, data: FeatureCollection): void {
    this.waiting.set(sourceId, data);
    void this.drain(sourceId);
  }

  private async drain(sourceId: string): Promise<void> {
    if (this.busy.has(sourceId)) return;
    this.busy.add(sourceId);
    try {
      for (let source = this.source(sourceId); source; source = this.source(sourceId)) {
        const next = this.waiting.get(sourceId);
        if (!next) return;
        this.waiting.delete(sourceId);
        await source.setData(next);
      }
    } finally {
      this.busy.delete(sourceId);
    }
  }

  private source(sourceId: string): GeoJSONSource | undefined {
    return this.map.style ? this.map.getSource<GeoJSONSource>(sourceId) : undefined;
  }
}
