import { positionInside } from '../geo.ts';
import type { HouseSeed, LngLat } from '../source.ts';
import type { Extract } from './extract.ts';
import type { Tags } from './osm.ts';
import type { Surface } from './surfaces.ts';

/** House numbers with the road or the village that they count along: from doors, and from houses drawn as areas. */
export function readHouses({ taggedNodes }: Extract, surfaces: readonly Surface[]): HouseSeed[] {
  return [
    ...taggedNodes.flatMap(({ tags, lon, lat }) => houseOf(tags ?? {}, () => [lon, lat])),
    ...surfaces.flatMap(({ tags, polygons }) => houseOf(tags, () => positionInside(polygons[0]!))),
  ];
}

function houseOf(tags: Tags, at: () => LngLat): HouseSeed[] {
  const road = tags['addr:street'] ?? tags['addr:place'];
  const number = tags['addr:housenumber'];
  return road && number ? [{ road, number, position: at() }] : [];
}
