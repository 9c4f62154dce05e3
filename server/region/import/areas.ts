/** What an area is on the basemap, from its tags. */
import { type Polygon, polygonAreaM2, positionInside } from '../geo.ts';
import type { BasemapFeature, LanduseClass } from '../source.ts';
import { namesOf, ownName } from './names.ts';
import type { Tags } from './osm.ts';

/** First match wins, so the particular stands before the general. */
const LANDUSE: [key: string, values: string, landuse: LanduseClass][] = [
  ['amenity', 'school university college kindergarten', 'education'],
  ['amenity', 'hospital clinic', 'medical'],
  ['amenity', 'grave_yard', 'cemetery'],
  ['amenity', 'marketplace', 'commercial'],
  ['leisure', 'park garden playground golf_course common recreation_ground', 'park'],
  ['leisure', 'pitch', 'grass'],
  ['landuse', 'forest', 'wood'],
  ['landuse', 'grass meadow village_green', 'grass'],
  ['landuse', 'recreation_ground', 'park'],
  [
    'landuse',
    'farmland farmyard orchard vineyard allotments greenhouse_horticulture paddy plant_nursery',
    'farmland',
  ],
  ['landuse', 'industrial port', 'industrial'],
  ['landuse', 'residential', 'residential'],
  ['landuse', 'commercial retail', 'commercial'],
  ['landuse', 'education', 'education'],
  ['landuse', 'cemetery', 'cemetery'],
  ['landuse', 'military', 'military'],
  ['landuse', 'quarry construction brownfield landfill', 'bare'],
  ['natural', 'wood', 'wood'],
  ['natural', 'grassland heath scrub', 'grass'],
  ['natural', 'scree bare_rock sand beach shingle glacier', 'bare'],
  ['man_made', 'works wastewater_plant', 'industrial'],
  ['power', 'plant substation', 'industrial'],
];

const LANDUSE_OF = new Map(
  LANDUSE.flatMap(([key, values, landuse]) =>
    values.split(' ').map(value => [`${key}=${value}`, landuse] as const),
  ),
);
const LANDUSE_KEYS = [...new Set(LANDUSE.map(([key]) => key))];

const METRES_PER_STOREY = 3;
/** Smaller water, parks and works get no label of their own. */
const LABEL_FROM_HA = { water: 4, park: 2, industrial: 4 };

export function landuseOf(tags: Tags): LanduseClass | null {
  for (const key of LANDUSE_KEYS) {
    const value = tags[key];
    const found = value === undefined ? undefined : LANDUSE_OF.get(`${key}=${value}`);
    if (found) return found;
  }
  return null;
}

export function waterKindOf(tags: Tags): 'lake' | 'river' | 'reservoir' | null {
  if (tags.waterway === 'riverbank' || tags.waterway === 'dock') return 'river';
  if (tags.landuse === 'reservoir' || tags.landuse === 'basin') return 'reservoir';
  if (tags.natural !== 'water') return null;
  if (tags.water === 'river' || tags.water === 'canal' || tags.water === 'stream') return 'river';
  return tags.water === 'reservoir' || tags.water === 'basin' ? 'reservoir' : 'lake';
}

/** A closed way is an area only when its tags say so: a ring road is not. */
export function isArea(tags: Tags): boolean {
  if (tags.area === 'no') return false;
  if (tags.area === 'yes' || (tags.building !== undefined && tags.building !== 'no')) return true;
  if (tags.highway !== undefined || tags.barrier !== undefined) return false;
  return (
    landuseOf(tags) !== null || waterKindOf(tags) !== null || AREA_KEYS.some(key => tags[key] !== undefined)
  );
}
const AREA_KEYS = ['amenity', 'shop', 'tourism', 'office', 'public_transport'];

/** Height in metres from `height` or the storeys; undefined when nobody measured. */
function buildingHeightM(tags: Tags): number | undefined {
  const heightM = Number.parseFloat(tags.height ?? '');
  if (heightM > 0 && heightM < 900) return Math.round(heightM);
  const storeys = Number.parseFloat(tags['building:levels'] ?? '');
  return storeys > 0 && storeys < 200 ? Math.round(storeys * METRES_PER_STOREY) : undefined;
}

/** What to draw for one polygon: at most one surface, one building, and a label where it is large and named. */
export function areaFeatures(tags: Tags, polygon: Polygon): BasemapFeature[] {
  const out: BasemapFeature[] = [];
  const name = ownName(tags);
  const named = name === '' ? {} : { name };
  const water = waterKindOf(tags);
  const landuse = water ? null : landuseOf(tags);
  if (water) out.push({ layer: 'water', kind: water, rings: polygon, ...named });
  if (landuse) out.push({ layer: 'landuse', class: landuse, rings: polygon, ...named });
  if (tags.building !== undefined && tags.building !== 'no') {
    const heightM = buildingHeightM(tags);
    out.push({ layer: 'buildings', rings: polygon, ...(heightM !== undefined && { heightM }), ...named });
  }
  const label =
    water && water !== 'river' ? 'water' : landuse === 'park' || landuse === 'industrial' ? landuse : null;
  if (label && name && polygonAreaM2(polygon) >= LABEL_FROM_HA[label] * 10_000) {
    const rank = { water: 6, industrial: 6, park: 7 }[label];
    out.push({ layer: 'labels', class: label, at: positionInside(polygon), ...namesOf(tags), name, rank });
  }
  return out;
}
