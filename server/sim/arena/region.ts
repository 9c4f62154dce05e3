/** The ground of the arena: a region's roads and places, and the antennas and cameras that everybody knows. Pure. */
import type { LineKind } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { SearchTarget } from '#domain/detection.ts';
import { createRandom, type Random } from '#domain/random.ts';
import type { Snap } from '#road/access.ts';
import { distanceM, lineLengthM, type LngLat, positionAlong } from '#road/geo.ts';
import { edgeRoadClass } from '#road/graph.ts';
import type { Hierarchy } from '#road/hierarchy.ts';
import type { RoadGraph } from '#road/graph.ts';
import { Driving } from './driving.ts';
import { RoadPoints } from './road-points.ts';
import { offset } from '../travel.ts';

/** An antenna as the table of the region has it. */
export interface ArenaAntenna {
  cellId: string;
  site: LngLat;
  azimuthDeg: number;
  beamwidthDeg: number;
  rangeM: number;
}

export interface ArenaCamera {
  position: LngLat;
  /** Direction of travel that it sees; absent: both. */
  headingDeg?: number;
}

/** A place or segment of the region, or a street: what a unit may be sent to. */
export interface ArenaTarget extends SearchTarget {
  id: string;
}

/** A place or segment with what the truth's choice of it needs. */
export interface Spot extends ArenaTarget {
  snap: Snap | null;
  lengthM: number;
  /** Of a line: 0 (busy) to 1 (lonely), by its class of road. */
  quiet: number;
}

export interface ArenaRegion {
  graph: RoadGraph;
  driving: Driving;
  points: RoadPoints;
  /** Places, then segments. */
  spots: readonly Spot[];
  stations: readonly LngLat[];
  antennas: readonly ArenaAntenna[];
  cameras: readonly ArenaCamera[];
}

/** As a region's reference data has it. */
export interface ArenaSource {
  places: readonly { id: string; kind: PlaceKind; position: LngLat; areaHa?: number }[];
  segments: readonly { id: string; kind: LineKind; line: LngLat[] }[];
  stations: readonly { position: LngLat }[];
  cellSites: readonly {
    position: LngLat;
    sectors: { cellId: string; azimuthDeg: number; beamwidthDeg: number; rangeM: number }[];
  }[];
  cameras: readonly ArenaCamera[];
}

/** Fewer than this many of the region's own, and the arena puts up antennas or cameras. */
const ownCount = 3;
const camerasPutUp = 10;
const quietness: Record<string, number> = {
  track: 1,
  service: 0.8,
  unclassified: 0.6,
  residential: 0.4,
  livingStreet: 0.3,
  tertiary: 0.15,
};

/** The same region, always with the same antennas and cameras. */
export function arenaRegion(graph: RoadGraph, hierarchy: Hierarchy, source: ArenaSource): ArenaRegion {
  const driving = new Driving(graph, hierarchy);
  const points = new RoadPoints(graph);
  const random = createRandom(7);
  const own = source.cellSites.filter(site => site.sectors.length > 0);
  const antennas =
    own.length >= ownCount ? own.flatMap(antennasOf) : putUpSites(points, random.fork('sites'));
  const { cameras } = source;
  return {
    graph,
    driving,
    points,
    spots: [...source.places.map(place => placeSpot(place)), ...source.segments.map(lineSpot)].map(spot => {
      const snap = driving.snap(spot.position);
      const quiet = spot.path && snap ? (quietness[edgeRoadClass(graph, snap.edge)] ?? 0.05) : 0;
      return { ...spot, snap, quiet };
    }),
    stations: source.stations.map(({ position }) => position),
    antennas,
    cameras: cameras.length >= ownCount ? cameras : putUpCameras(points, random.fork('cameras')),
  };
}

const placeSpot = ({ id, kind, position, areaHa }: ArenaSource['places'][number]) => ({
  id,
  kind,
  position,
  path: null,
  areaHa: areaHa ?? null,
  lengthM: 0,
});

function lineSpot({ id, kind, line }: ArenaSource['segments'][number]) {
  const lengthM = lineLengthM(line);
  return { id, kind, position: positionAlong(line, lengthM / 2), path: line, areaHa: null, lengthM };
}

const antennasOf = ({ position, sectors }: ArenaSource['cellSites'][number]): ArenaAntenna[] =>
  sectors.map(({ cellId, azimuthDeg, beamwidthDeg, rangeM }) => ({
    cellId,
    site: position,
    azimuthDeg,
    beamwidthDeg,
    rangeM,
  }));

/** Sites with three sectors by Poisson discs over the roads, denser where roads are; their range is the usual distance between neighbours. */
function putUpSites(points: RoadPoints, random: Random): ArenaAntenna[] {
  const sites: { at: LngLat; firstDeg: number }[] = [];
  for (const point of random.shuffle(Array.from({ length: points.count }, (_, i) => i))) {
    const at = points.at(point);
    const around = points.countNear(at, 500);
    const apartM = around > 150 ? 700 : around > 80 ? 1000 : around > 30 ? 1600 : 2800;
    if (sites.some(site => distanceM(site.at, at) < apartM)) continue;
    const beside = offset(at, random.range(0, 150), random.range(0, 360));
    sites.push({ at: beside, firstDeg: Math.round(random.range(0, 120)) });
  }
  const gaps = sites.map(one =>
    Math.min(...sites.map(other => (other === one ? Infinity : distanceM(one.at, other.at)))),
  );
  const rangeM = Math.round(gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 1500);
  return sites.flatMap(({ at: site, firstDeg }, i) =>
    [0, 1, 2].map(sector => ({
      cellId: `arena-${i}-${sector}`,
      site,
      azimuthDeg: (firstDeg + 120 * sector) % 360,
      beamwidthDeg: 65,
      rangeM: Number.isFinite(rangeM) ? rangeM : 1500,
    })),
  );
}

function putUpCameras(points: RoadPoints, random: Random): ArenaCamera[] {
  const busy = Array.from({ length: points.count }, (_, i) => i).filter(point =>
    ['trunk', 'primary', 'secondary', 'tertiary'].includes(points.roadClass(point)),
  );
  if (busy.length === 0) return [];
  return Array.from({ length: camerasPutUp }, () => ({ position: points.at(random.pick(busy)) }));
}
