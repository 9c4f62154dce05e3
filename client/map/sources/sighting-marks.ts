/** The numbered mark of each sighting, with its age, and the line that joins them in time. */
import { destination } from '@turf/turf';
import type { Feature } from 'geojson';
import type { Lang, LngLat, MapSighting } from '../scene.ts';
import { ageText } from './age.ts';
import { line, point } from './features.ts';
import { strengthOf } from './sighting-areas.ts';

/** Shares of a fan's range and beam width where marks of one antenna stand: a middle row, then a far and a near one. */
const rows = [0.55, 0.8, 0.3];
const columns = [0, -0.28, 0.28];

/**
 * Where the mark stands. A cell's stands within its fan, since the antenna is where the subject is not; after `earlier`
 * pings of the same antenna it stands beside theirs.
 */
export function markPosition(sighting: MapSighting, earlier = 0): LngLat {
  if (sighting.kind !== 'cell') return sighting.position;
  const { site, rangeM, azimuthDeg = 0, beamwidthDeg = 120 } = sighting;
  const reachKm = (rows[Math.floor(earlier / 3) % 3]! * rangeM) / 1000;
  const towardsDeg = azimuthDeg + columns[earlier % 3]! * beamwidthDeg;
  const [lng, lat] = destination(site, reachKm, towardsDeg).geometry.coordinates;
  return [lng!, lat!];
}

function markPositions(sightings: readonly MapSighting[]): LngLat[] {
  const pings = new Map<string, number>();
  return sightings.map(sighting => {
    if (sighting.kind !== 'cell') return markPosition(sighting);
    const antenna = [...sighting.site, sighting.azimuthDeg].join();
    const earlier = pings.get(antenna) ?? 0;
    pings.set(antenna, earlier + 1);
    return markPosition(sighting, earlier);
  });
}

/**
 * Points with `image` (see mark-image.ts), `age`, `order` (newest drawn last) and for camera hits `headingDeg`;
 * antennas as `role: 'antenna'`; the joining line as `role: 'order'`.
 */
export function sightingMarks(sightings: readonly MapSighting[], nowAt: number, lang: Lang): Feature[] {
  const positions = markPositions(sightings);
  const marks = sightings.map((sighting, index) =>
    point(positions[index]!, {
      role: 'mark',
      id: sighting.id,
      kind: sighting.kind,
      number: sighting.number,
      withdrawn: sighting.withdrawn ?? false,
      newest: index === sightings.length - 1,
      order: index,
      strength: sighting.withdrawn ? 0.4 : Math.max(0.6, strengthOf(index, sightings.length)),
      age: ageText(nowAt - sighting.observedAt, lang),
      headingDeg: sighting.kind === 'camera' ? (sighting.headingDeg ?? null) : null,
    }),
  );
  return [...orderLine(sightings, positions), ...antennas(sightings), ...marks];
}

function antennas(sightings: readonly MapSighting[]): Feature[] {
  return sightings.flatMap(sighting =>
    sighting.kind === 'cell' && !sighting.withdrawn ? [point(sighting.site, { role: 'antenna' })] : [],
  );
}

/** Searches say where she was not: they are no part of her way. */
function orderLine(sightings: readonly MapSighting[], positions: readonly LngLat[]): Feature[] {
  const way = positions.filter((_, index) => {
    const { kind, withdrawn } = sightings[index]!;
    return kind !== 'search' && !withdrawn;
  });
  return way.length < 2 ? [] : [line(way, { role: 'order' })];
}
