/** What lies under a point of the screen. */
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { MapLayer } from '../layers/layer.ts';
import { clusterSource } from '../layers/unit-symbols.ts';
import type { LngLat, MapTarget } from '../scene.ts';
import type { UnitsView } from './units-view.ts';

const unitRadiusPx = 16;
const slackPx = 4;

/** Units first, since they are drawn on top, then the marks of the map from the top down; null for bare ground. */
export function targetAt(
  map: MapLibreMap,
  units: UnitsView,
  point: { x: number; y: number },
  position: LngLat,
  sceneLayers: readonly MapLayer[],
): MapTarget | null {
  const unitId = units.unitUnder({ x: point.x, y: point.y, position }, unitRadiusPx);
  if (unitId) return { kind: 'unit', id: unitId };
  // A map whose context is lost has no style to ask.
  if (!map.style) return null;
  const box: [[number, number], [number, number]] = [
    [point.x - slackPx, point.y - slackPx],
    [point.x + slackPx, point.y + slackPx],
  ];
  const hitLayers = [...sceneLayers.flatMap(layer => layer.hit?.layers ?? []), 'unit-clusters-disc'];
  const [hit] = map.queryRenderedFeatures(box, { layers: hitLayers });
  if (!hit) return null;
  if (hit.source === clusterSource) return clusterTarget(hit.properties);
  return sceneLayers.find(layer => layer.id === hit.source)?.hit?.target(hit.properties) ?? null;
}

function clusterTarget(properties: Record<string, unknown>): MapTarget {
  const { west, south, east, north } = properties as Record<'west' | 'south' | 'east' | 'north', number>;
  return {
    kind: 'cluster',
    bounds: [
      [west, south],
      [east, north],
    ],
  };
}
