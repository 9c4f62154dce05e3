/** The pictures of an after-action report as lines and points: roads, stations, where the crews went. Pure. */
import type { AfterActionMap } from '#contract/after-action.ts';
import type { Position } from '#contract/common.ts';
import { fixAt, type Track } from '#domain/track/track.ts';
import { roadClasses } from '#road/build.ts';
import { edgeShape, type RoadGraph } from '#road/graph.ts';

interface Scene {
  /** ms since 1970. */
  openedMs: number;
  endMs: number;
  graph: RoadGraph | null;
  stations: readonly { name: string; position: Position }[];
  /** In order; those without a position are numbered too. */
  tasks: readonly { position: Position | null }[];
  tracks: readonly { callsign: string; track: Track }[];
}

const minuteMs = 60_000;
/** Around what is shown, as a share of it; and never less than so many degrees across. */
const rim = 0.12;
const leastDeg = 0.03;
/** Roads are thinned from the smallest class until so many are left. */
const mostRoads = 4000;
/** A track needs no more points than this on paper. */
const mostPoints = 400;
/** The first picture ends here: by then the money should be stopped. */
const firstMinutes = 10;

export function afterActionMap(scene: Scene): AfterActionMap | null {
  const { openedMs, endMs, graph } = scene;
  const tracks = scene.tracks
    .map(({ callsign, track }) => ({ callsign, points: thinned(pointsOf(track, openedMs)) }))
    .filter(({ points }) => points.length > 1);
  const places = scene.tasks.flatMap(({ position }, index) =>
    position ? [{ number: index + 1, ...rounded(position) }] : [],
  );
  const stations = scene.stations.map(({ name, position }) => ({ name, ...rounded(position) }));
  const seen = [
    ...tracks.flatMap(({ points }) => points.map(([lng, lat]) => ({ lng: lng!, lat: lat! }))),
    ...places,
  ];
  const bounds = boundsOf(seen.length > 0 ? seen : stations);
  if (!bounds) return null;
  const minutes = Math.max(1, Math.ceil((endMs - openedMs) / minuteMs));
  return {
    bounds,
    roads: graph ? roadsIn(graph, bounds) : [],
    stations: stations.filter(({ lng, lat }) => isIn(bounds, lng, lat)),
    places: firstOfEach(places),
    tracks,
    until: minutes > firstMinutes ? [firstMinutes, minutes] : [minutes],
  };
}

const pointsOf = (track: Track, openedMs: number): number[][] =>
  Array.from({ length: track.length }, (_, index) => {
    const { lng, lat, observedAtMs } = fixAt(track, index);
    const at = rounded({ lng, lat });
    return [at.lng, at.lat, Math.round((observedAtMs - openedMs) / 600) / 100];
  });

/** Evenly, with both ends. */
function thinned(points: number[][]): number[][] {
  if (points.length <= mostPoints) return points;
  const step = (points.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, i) => points[Math.round(i * step)]!);
}

const rounded = ({ lng, lat }: Position): Position => ({
  lng: Math.round(lng * 1e5) / 1e5,
  lat: Math.round(lat * 1e5) / 1e5,
});

function firstOfEach(places: AfterActionMap['places']): AfterActionMap['places'] {
  const seen = new Set<string>();
  return places.filter(({ lng, lat }) => {
    const key = `${lng} ${lat}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function boundsOf(points: readonly Position[]): [number, number, number, number] | null {
  if (points.length === 0) return null;
  const lngs = points.map(({ lng }) => lng);
  const lats = points.map(({ lat }) => lat);
  const [west, east] = [lngs.reduce((a, b) => Math.min(a, b)), lngs.reduce((a, b) => Math.max(a, b))];
  const [south, north] = [lats.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.max(a, b))];
  const wide = Math.max(leastDeg, (east - west) * (1 + 2 * rim));
  const high = Math.max(leastDeg, (north - south) * (1 + 2 * rim));
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
}

const isIn = ([west, south, east, north]: readonly number[], lng: number, lat: number): boolean =>
  lng >= west! && lng <= east! && lat >= south! && lat <= north!;

/** The larger roads first, as many classes as there is room for. */
function roadsIn(graph: RoadGraph, bounds: readonly number[]): number[][][] {
  const byClass = new Map<number, number[][][]>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const shape = edgeShape(graph, edge);
    if (!shape.some(([lng, lat]) => isIn(bounds, lng, lat))) continue;
    const roadClass = graph.edgeClass[edge]!;
    const lines = byClass.get(roadClass);
    const line = shape.map(([lng, lat]) => {
      const at = rounded({ lng, lat });
      return [at.lng, at.lat];
    });
    if (lines) lines.push(line);
    else byClass.set(roadClass, [line]);
  }
  const found: number[][][] = [];
  for (const roadClass of roadClasses.keys()) {
    const lines = byClass.get(roadClass) ?? [];
    if (found.length > 0 && found.length + lines.length > mostRoads) break;
    found.push(...lines);
  }
  return found;
}
