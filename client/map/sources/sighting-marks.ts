/** The numbered mark of each sighting, with its age, and the line that joins them in time. */
import { destination } from '@turf/turf';
import type { Feature } from 'geojson';
import type { Lang, LngLat, MapSighting } from '../scene.ts';
import { ageText } from './age.ts';
import { line, point } from './features.ts';
import { strengthOf } from './sighting-areas.ts';

/** Where the mark stands. A cell's stands within its fan, since the antenna is where the subject is not. */
export function markPosition(sighting: MapSighting): LngLat {
  if (sighting.kind !== 'cell') return sighting.position;
  const reachKm = (0.55 * sighting.rangeM) / 1000;
  const [lng, lat] = destination(sighting.site, reachKm, sighting.azimuthDeg ?? 0).geometry.coordinates;
  return [lng!, lat!];
}

/**
 * Points with `image` (see mark-image.ts), `age`, `order` (newest drawn last) and for camera hits `headingDeg`;
 * antennas as `role: 'antenna'`; the joining line as `role: 'order'`.
 */
export function sightingMarks(sightings: readonly MapSighting[], nowAt: number, lang: Lang): Feature[] {
  const marks = sightings.map((sighting, index) =>
    point(markPosition(sighting), {
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
  return [...orderLine(sightings), ...antennas(sightings), ...marks];
}

function antennas(sightings: readonly MapSighting[]): Feature[] {
  return sightings.flatMap(sighting =>
    sighting.kind === 'cell' && !sighting.withdrawn ? [point(sighting.site, { role: 'antenna' })] : [],
  );
}

/** Searches say where she was not: they are no part of her way. */
function orderLine(sightings: readonly MapSighting[]): Feature[] {
  const way = sightings
    .filter(sighting => sighting.kind !== 'search' && !sighting.withdrawn)
    .map(markPosition);
  return way.length < 2 ? [] : [line(way, { role: 'order' })];
}
