/** Borders between areas, each drawn once: dashes of two lines over each other would close each other's gaps. */
import type { Position } from 'geojson';
import type { LngLat, MapJurisdiction } from '../scene.ts';

export interface Border {
  path: LngLat[];
  /** True where no other area lies on the far side. */
  outer: boolean;
  /** True when one of its areas ends there only by estimate. */
  estimated: boolean;
}

interface Side {
  areas: number;
  estimated: boolean;
  drawn: boolean;
}

/**
 * The edges of all areas as lines, an edge that two areas share only once. Edges count as shared when their ends agree
 * to about 0.1 m, so neighbours must have the same vertices along their border, as areas cut from one map have.
 */
export function bordersOf(areas: readonly Pick<MapJurisdiction, 'geometry' | 'estimated'>[]): Border[] {
  const rings = areas.flatMap(({ geometry, estimated }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flat().map(ring => ({ ring, estimated }));
  });
  const sides = new Map<string, Side>();
  for (const { ring, estimated } of rings) {
    for (const key of edgeKeys(ring)) {
      const known = sides.get(key) ?? { areas: 0, estimated: false, drawn: false };
      sides.set(key, { ...known, areas: known.areas + 1, estimated: known.estimated || estimated });
    }
  }
  return rings.flatMap(({ ring }) => linesAlong(ring, sides));
}

/** The runs of a ring that no earlier ring has drawn, cut where their kind changes. */
function linesAlong(ring: readonly Position[], sides: Map<string, Side>): Border[] {
  const lines: Border[] = [];
  let current: Border | null = null;
  edgeKeys(ring).forEach((key, index) => {
    const side = sides.get(key)!;
    if (side.drawn) {
      current = null;
      return;
    }
    side.drawn = true;
    const outer = side.areas === 1;
    if (current?.outer !== outer || current.estimated !== side.estimated) {
      current = { path: [lngLat(ring[index]!)], outer, estimated: side.estimated };
      lines.push(current);
    }
    current.path.push(lngLat(ring[index + 1]!));
  });
  return lines;
}

/** One key per edge of the ring, the same in both directions. */
function edgeKeys(ring: readonly Position[]): string[] {
  const names = ring.map(([lng, lat]) => `${lng!.toFixed(6)},${lat!.toFixed(6)}`);
  return names.slice(1).map((to, index) => [names[index]!, to].sort().join(' '));
}

const lngLat = ([lng, lat]: Position): LngLat => [lng!, lat!];
