/** Feeds GeoJSON sources: one update in flight per source, and of those that wait only the newest counts. */
import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, type Map as MapLibreMap } from 'maplibre-gl';

export class DataPump {
  private readonly map: MapLibreMap;
  private readonly waiting = new Map<string, FeatureCollection>();
  private readonly busy = new Set<string>();

  constructor(map: MapLibreMap) {
    this.map = map;
  }

  /** Shows `data` as soon as the source is free; never throws when the style is away (a lost context). */
  set(sourceId: string, data: FeatureCollection): void {
    this.waiting.set(sourceId, data);
    void this.drain(sourceId);
  }

  private async drain(sourceId: string): Promise<void> {
    if (this.busy.has(sourceId)) return;
    this.busy.add(sourceId);
    try {
      for (let next = this.take(sourceId); next; next = this.take(sourceId))
        await this.source(sourceId)?.setData(next);
    } finally {
      this.busy.delete(sourceId);
    }
  }

  private take(sourceId: string): FeatureCollection | undefined {
    const next = this.waiting.get(sourceId);
    this.waiting.delete(sourceId);
    return next;
  }

  private source(sourceId: string): GeoJSONSource | undefined {
    return this.map.style ? this.map.getSource<GeoJSONSource>(sourceId) : undefined;
  }
}
