/** What a layer holds before and after: counted, and as features for the map. */
import type { LayerName } from '#contract/layer-columns.ts';
import type { ChangeKind, LayerChanges, PreviewFeature } from '#contract/layer.ts';
import { metresPerDegree } from '#road/geo.ts';
import { metresPerDegreeLng } from '../geo.ts';
import type { RegionReference } from '../reference.ts';
import type { CellSiteSeed, LngLat } from '../source.ts';
import { addressId } from './addresses.ts';

type Geometry = PreviewFeature['geometry'];

interface Item {
  id: string;
  name: string;
  geometry: Geometry | null;
  /** What must be equal for the thing to be the same. */
  content: unknown;
}

export interface LayerDiff {
  changes: LayerChanges;
  /** What changes first; things without a position are not among them. */
  features: PreviewFeature[];
}

export function diffLayer(layer: LayerName, before: RegionReference, after: RegionReference): LayerDiff {
  const old = new Map(itemsOf(layer, before).map(item => [item.id, item]));
  const now = itemsOf(layer, after);
  const changes: LayerChanges = { added: 0, removed: 0, changed: 0 };
  const features: PreviewFeature[] = [];
  const tell = (item: Item, change: ChangeKind) => {
    if (change !== 'same') changes[change]++;
    const { id, name, geometry } = item;
    if (geometry) features.push({ type: 'Feature', geometry, properties: { id, name, change } });
  };
  for (const item of now) {
    const earlier = old.get(item.id);
    const same = earlier && JSON.stringify(earlier.content) === JSON.stringify(item.content);
    tell(item, !earlier ? 'added' : same ? 'same' : 'changed');
    old.delete(item.id);
  }
  for (const item of old.values()) tell(item, 'removed');
  const rank = ({ properties }: PreviewFeature) => (properties.change === 'same' ? 1 : 0);
  return { changes, features: features.toSorted((a, b) => rank(a) - rank(b)) };
}

const point = (position: LngLat): Geometry => ({ type: 'Point', coordinates: position });

function itemsOf(layer: LayerName, reference: RegionReference): Item[] {
  const named = (item: { id: string; name: string; position: LngLat }): Item => ({
    id: item.id,
    name: item.name,
    geometry: point(item.position),
    content: sorted(item),
  });
  switch (layer) {
    case 'stations':
      return reference.stations.map(named);
    case 'places':
      return reference.places.map(named);
    case 'cameras':
      return reference.cameras.map(named);
    case 'jurisdictions':
      return reference.jurisdictions.map(content => ({
        id: content.stationId,
        name: reference.stations.find(({ id }) => id === content.stationId)?.name ?? content.stationId,
        geometry: { type: 'MultiPolygon', coordinates: content.area },
        content,
      }));
    case 'cells':
      return reference.cellSites.flatMap(({ id: siteId, position, sectors }) =>
        sectors.map(sector => ({
          id: sector.cellId,
          name: `${siteId} · ${sector.cellId}`,
          geometry: fan(position, sector),
          content: { ...sector, siteId, position },
        })),
      );
    case 'units':
      return reference.units.map(content => ({
        id: content.callsign,
        name: content.callsign,
        geometry: null,
        content,
      }));
    case 'addresses':
      return (reference.addresses ?? []).map(content => ({
        id: addressId(content),
        name: content.name,
        geometry: point(content.position),
        content,
      }));
  }
}

/** The same thing may come with its fields in another order. */
function sorted(item: object): [string, unknown][] {
  return Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const FAN_STEP_DEG = 10;

/** The outline of what an antenna serves, as far as its table says. */
function fan([lng, lat]: LngLat, sector: CellSiteSeed['sectors'][number]): Geometry {
  const { azimuthDeg, beamwidthDeg, rangeM } = sector;
  const steps = Math.max(2, Math.ceil(beamwidthDeg / FAN_STEP_DEG));
  const arc = Array.from({ length: steps + 1 }, (_, i): LngLat => {
    const bearing = ((azimuthDeg - beamwidthDeg / 2 + (beamwidthDeg * i) / steps) * Math.PI) / 180;
    return [
      lng + (Math.sin(bearing) * rangeM) / metresPerDegreeLng(lat),
      lat + (Math.cos(bearing) * rangeM) / metresPerDegree,
    ];
  });
  const ring = beamwidthDeg >= 360 ? arc : [[lng, lat], ...arc, [lng, lat]];
  return { type: 'Polygon', coordinates: [ring] };
}
