/**
 * The ground that a sighting covers. A cell ping is a fan with soft edges, never a point; a fix is its accuracy
 * disc. Softness comes from nested shapes of low opacity: each covers the ones inside it, so the tint adds up inwards.
 */
import { circle, destination, sector } from '@turf/turf';
import type { Feature, Polygon, Position } from 'geojson';
import type { LngLat, MapSighting } from '../scene.ts';
import { feature } from './features.ts';

/** Shares of the stated range and beam width, from the outermost shape inwards. */
const reach = [1.28, 1.2, 1.12, 1.04, 0.96, 0.88, 0.78, 0.67, 0.54];
const spread = [1.4, 1.28, 1.16, 1.06, 0.97, 0.88, 0.79, 0.7, 0.6];
const stepOpacity = 0.038;
/** LTE, 3GPP TS 36.213: 16 Ts · c / 2. */
const timingAdvanceStepM = 78.12;
const kilometres = { units: 'kilometers', steps: 64 } as const;

/** Sightings fade with their order: the newest is full, each older one weaker, none invisible. */
export function strengthOf(index: number, count: number): number {
  return Math.max(0.35, 0.82 ** (count - 1 - index));
}

/** Areas of all sightings, oldest first. Properties: `opacity` for fills, `edge` true for the outline at the stated range. */
export function sightingAreas(sightings: readonly MapSighting[]): Feature[] {
  return sightings.flatMap((sighting, index) => {
    if (sighting.withdrawn) return [];
    const strength = strengthOf(index, sightings.length);
    if (sighting.kind === 'cell') return cellAreas(sighting, strength);
    if (sighting.kind === 'fix') return discAreas(sighting.position, sighting.accuracyM, strength);
    return [];
  });
}

/** Points that have to be in view for a sighting to be seen as a whole: an antenna with the ends of its beam. */
export function sightingExtent(sighting: MapSighting): LngLat[] {
  if (sighting.kind !== 'cell') return [sighting.position];
  const half = sighting.azimuthDeg === undefined ? 180 : (sighting.beamwidthDeg ?? 120) / 2;
  const middle = sighting.azimuthDeg ?? 0;
  const ends = [-1, -0.5, 0, 0.5, 1].map(share => {
    const towards = middle + share * half;
    const [lng, lat] = destination(sighting.site, sighting.rangeM / 1000, towards).geometry.coordinates;
    return [lng!, lat!] as LngLat;
  });
  return [sighting.site, ...ends];
}

type CellSighting = Extract<MapSighting, { kind: 'cell' }>;

function cellAreas(cell: CellSighting, strength: number): Feature[] {
  const fans = reach.map((share, step) => {
    const width = (cell.beamwidthDeg ?? 120) * spread[step]!;
    return feature(fan(cell, cell.rangeM * share, width), { opacity: stepOpacity * strength, edge: false });
  });
  const edge = feature(fan(cell, cell.rangeM, cell.beamwidthDeg ?? 120), {
    opacity: 0,
    edge: true,
    strength,
  });
  return [...fans, edge, ...timingAdvanceRings(cell, strength)];
}

/** The band that the timing advance allows, within the beam; soft towards both sides. */
function timingAdvanceRings(cell: CellSighting, strength: number): Feature[] {
  if (cell.timingAdvance === undefined) return [];
  const inner = cell.timingAdvance * timingAdvanceStepM;
  const outer = inner + timingAdvanceStepM;
  return [2.5, 1.5, 0.5].map(slack => {
    const ring = band(
      cell,
      Math.max(0, inner - slack * timingAdvanceStepM),
      outer + slack * timingAdvanceStepM,
    );
    return feature(ring, { opacity: 0.09 * strength, edge: false });
  });
}

/** Pie of the beam; the whole disc when the direction is not known or the beam goes round. */
function fan(cell: CellSighting, radiusM: number, widthDeg: number): Polygon {
  if (cell.azimuthDeg === undefined || widthDeg >= 359) return disc(cell.site, radiusM);
  const half = widthDeg / 2;
  return sector(cell.site, radiusM / 1000, cell.azimuthDeg - half, cell.azimuthDeg + half, kilometres)
    .geometry;
}

/** Part of the beam between two distances: the outer arc there, the inner arc back. */
function band(cell: CellSighting, innerM: number, outerM: number): Polygon {
  const outer = fan(cell, outerM, cell.beamwidthDeg ?? 120);
  if (innerM <= 0) return outer;
  const inner = fan(cell, innerM, cell.beamwidthDeg ?? 120);
  const outerRing = outer.coordinates[0]!;
  const innerRing = inner.coordinates[0]!;
  if (cell.azimuthDeg === undefined)
    return { type: 'Polygon', coordinates: [outerRing, [...innerRing].reverse()] };
  // A pie's ring starts and ends at its centre; without it only the arc is left.
  const arc = (ring: Position[]) => ring.slice(1, -1);
  const closed = [...arc(outerRing), ...arc(innerRing).reverse()];
  return { type: 'Polygon', coordinates: [[...closed, closed[0]!]] };
}

function discAreas(position: LngLat, accuracyM: number, strength: number): Feature[] {
  const steps = reach.map(share =>
    feature(disc(position, accuracyM * share), { opacity: stepOpacity * strength, edge: false }),
  );
  return [...steps, feature(disc(position, accuracyM), { opacity: 0, edge: true, strength })];
}

function disc(position: LngLat, radiusM: number): Polygon {
  return circle(position, Math.max(1, radiusM) / 1000, kilometres).geometry;
}
