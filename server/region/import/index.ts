/** From an .osm.pbf file to a RegionSource: one pass over the file, then one over what it held. */
import { basename } from 'node:path';
import { RegionError } from '../error.ts';
import { bboxContains, bboxesMeet, bboxOf, positionInside } from '../geo.ts';
import type { Bbox, BasemapFeature, LngLat, RegionSource, StationSeed } from '../source.ts';
import { readAdminAreas } from './admin-areas.ts';
import { areaFeatures } from './areas.ts';
import { readBoundaries } from './boundaries.ts';
import { type Extract, readExtract } from './extract.ts';
import { readHouses } from './houses.ts';
import { lineFeatures } from './lines.ts';
import { isChinese } from './names.ts';
import type { Tags } from './osm.ts';
import { isPoliceStation, type PlaceCandidate, placeOf, withoutDoubles } from './places.ts';
import { type Label, labelOf, type Landmark, landmarkOf, withoutRepeats } from './points.ts';
import { readRoads } from './roads.ts';
import { readSurfaces, type Surface } from './surfaces.ts';

export interface ImportOptions {
  /** Name of the region; without one the file's name serves. */
  name?: string;
  /** Only this part of the extract, [west, south, east, north]: a county out of a province's file. */
  bbox?: Bbox;
  /** Called with what is being done and, while the file is read, the share that is done (0 to 1). */
  onProgress?: (step: 'read' | 'roads' | 'areas' | 'places', share: number) => void;
}

const ROAD_MARGIN_DEG = 0.02;
const ATTRIBUTION = '© OpenStreetMap contributors, ODbL';

/**
 * Reads an OpenStreetMap extract. What the extract does not know (antennas, cameras, units, jurisdictions) is empty.
 * @throws {RegionError} when the file is missing, empty, foreign, cut off, damaged, or has no road for a car
 */
export async function importOsm(file: string, options: ImportOptions = {}): Promise<RegionSource> {
  const { name, bbox: part, onProgress = () => {} } = options;
  const extract = await readExtract(file, share => onProgress('read', share));
  const bbox = part ?? extract.bbox;
  onProgress('roads', 0);
  const roads = readRoads(extract, part && widened(part));
  if (roads.ways.length === 0) {
    const where = part ? ` within ${part.join(',')}` : '';
    throw new RegionError(
      'noRoads',
      `${file} has no road that a car may use${where}; expected an extract with roads`,
    );
  }
  onProgress('areas', 0);
  const surfaces = readSurfaces(extract);
  const shapes = [...surfaces.flatMap(surfaceFeatures), ...readLines(extract), ...readBoundaries(extract)];
  onProgress('places', 0);
  const points = pointsOf(extract, surfaces);
  const basemap = [...shapes, ...points.labels, ...withoutRepeats(points.landmarks)].filter(feature =>
    bboxesMeet(bbox, bboxOf(positionsOf(feature))),
  );
  const places = withoutDoubles(points.places.filter(place => bboxContains(bbox, place.position)));
  return {
    name: name ?? basename(file).replace(/(\.osm)?\.pbf$/i, ''),
    fictional: false,
    attribution: ATTRIBUTION,
    bbox,
    roads,
    basemap,
    places,
    stations: stationsOf(places, points.stationIds),
    cellSites: [],
    cameras: [],
    units: [],
    areas: readAdminAreas(extract),
    houses: readHouses(extract, surfaces),
  };
}

/** Roads are cut a little outside the part that is asked for, so that the way round its border is not lost. */
function widened([west, south, east, north]: Bbox): Bbox {
  return [west - ROAD_MARGIN_DEG, south - ROAD_MARGIN_DEG, east + ROAD_MARGIN_DEG, north + ROAD_MARGIN_DEG];
}

function positionsOf(feature: BasemapFeature): LngLat[] {
  if ('rings' in feature) return feature.rings[0] ?? [];
  return 'line' in feature ? feature.line : [feature.at];
}

function surfaceFeatures({ tags, polygons }: Surface): BasemapFeature[] {
  return polygons.flatMap(polygon => areaFeatures(tags, polygon));
}

function readLines({ ways, store }: Extract): BasemapFeature[] {
  const features: BasemapFeature[] = [];
  for (const { tags, refs } of ways.values()) {
    if (!tags) continue;
    for (const line of store.runs(refs)) if (line.length > 1) features.push(...lineFeatures(tags, line));
  }
  return features;
}

interface Points {
  labels: Label[];
  landmarks: Landmark[];
  places: PlaceCandidate[];
  stationIds: Set<string>;
}

/** Labels, landmarks and places: from tagged nodes, and from areas, which stand for the place at their middle. */
function pointsOf({ taggedNodes }: Extract, surfaces: readonly Surface[]): Points {
  const points: Points = { labels: [], landmarks: [], places: [], stationIds: new Set() };
  const add = (id: string, tags: Tags, at: LngLat, place: PlaceCandidate | null) => {
    const label = labelOf(tags, at);
    const landmark = landmarkOf(tags, at);
    if (label) points.labels.push(label);
    else if (landmark) points.landmarks.push(landmark);
    if (place) points.places.push(place);
    if (isPoliceStation(tags)) points.stationIds.add(id);
  };
  for (const { id, tags, lon, lat } of taggedNodes) {
    const at: LngLat = [lon, lat];
    add(`n${id}`, tags ?? {}, at, placeOf(`n${id}`, tags ?? {}, { at }));
  }
  for (const { id, tags, polygons } of surfaces) {
    const polygon = polygons[0]!; // the largest outline: rings are nested by size
    add(id, tags, positionInside(polygon), placeOf(id, tags, { polygon }));
  }
  return points;
}

/** Police stations, with a number for those that nobody named. */
function stationsOf(places: ReturnType<typeof withoutDoubles>, stationIds: Set<string>): StationSeed[] {
  const police = places.filter(place => place.kind === 'police' && stationIds.has(place.id));
  const chinese = places.filter(place => isChinese(place.name)).length * 2 > places.length;
  let unnamed = 0;
  return police.map(({ id, name, nameEn, position }) => {
    const number = name === '' ? ++unnamed : 0;
    const named =
      number === 0
        ? { name, ...(nameEn && { nameEn }) }
        : { name: chinese ? `派出所 ${number}` : `Police ${number}` };
    return { id, ...named, position };
  });
}
