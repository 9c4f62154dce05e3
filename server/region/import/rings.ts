import { bboxesMeet, bboxOf, type Polygon, ringContains, signedArea } from '../geo.ts';
import type { LngLat } from '../source.ts';
import type { NodeStore } from './nodes.ts';

/**
 * Polygons of a multipolygon relation from the node lists of its member ways: ways are joined end to end into rings,
 * and what lies in what tells outer rings from holes (the members' roles are often wrong; geometry is not).
 * Rings that do not close, because a member is missing, are left out.
 */
export function assemblePolygons(memberRefs: readonly number[][], store: NodeStore): Polygon[] {
  const rings = joinRings(memberRefs).map(refs => ringOf(refs, store));
  return nestRings(rings.filter(ring => ring !== null));
}

/** A closed way's polygon, or null when too little of it is in the extract. */
export function polygonOfWay(refs: readonly number[], store: NodeStore): Polygon | null {
  const ring = ringOf(refs, store);
  return ring && [ring];
}

/** Positions of a closed list of nodes. Nodes outside the extract are left out, be it the very one that closes it. */
function ringOf(refs: readonly number[], store: NodeStore): LngLat[] | null {
  const ring = store.line(refs);
  const first = ring[0];
  if (!first) return null;
  const last = ring[ring.length - 1]!;
  if (first[0] !== last[0] || first[1] !== last[1]) ring.push(first);
  return isRing(ring) ? ring : null;
}

function isRing(ring: LngLat[]): boolean {
  return ring.length >= 4 && signedArea(ring) !== 0;
}

/** Joins node lists at shared ends until each closes on itself. */
export function joinRings(parts: readonly number[][]): number[][] {
  const rings: number[][] = [];
  const open = new Set<number[]>();
  const byEnd = new Map<number, number[][]>();
  for (const part of parts) {
    if (part.length < 2) continue;
    if (part[0] === part[part.length - 1]) {
      rings.push([...part]);
      continue;
    }
    open.add(part);
    for (const end of [part[0]!, part[part.length - 1]!]) byEnd.set(end, [...(byEnd.get(end) ?? []), part]);
  }
  for (const start of open) {
    open.delete(start);
    const ring = [...start];
    for (;;) {
      const end = ring[ring.length - 1]!;
      if (end === ring[0]) {
        rings.push(ring);
        break;
      }
      const next = byEnd.get(end)?.find(part => open.has(part));
      if (!next) break;
      open.delete(next);
      ring.push(...(next[0] === end ? next.slice(1) : next.slice(0, -1).reverse()));
    }
  }
  return rings;
}

/** Rings inside an even number of others are outlines; one inside an odd number is a hole of the smallest around it. */
export function nestRings(rings: LngLat[][]): Polygon[] {
  const sorted = [...rings].sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
  const boxes = sorted.map(ring => bboxOf(ring));
  const around = sorted.map((ring, i) =>
    sorted.slice(0, i).filter((larger, j) => bboxesMeet(boxes[i]!, boxes[j]!) && liesIn(ring, larger)),
  );
  const polygons = new Map<LngLat[], Polygon>();
  sorted.forEach((ring, i) => {
    if (around[i]!.length % 2 === 0) polygons.set(ring, [ring]);
  });
  sorted.forEach((ring, i) => {
    const outlines = around[i]!.filter(larger => polygons.has(larger));
    if (around[i]!.length % 2 === 1) polygons.get(outlines[outlines.length - 1]!)?.push(ring);
  });
  return [...polygons.values()];
}

/** Most corners decide, because rings of one relation may touch at some. */
function liesIn(ring: LngLat[], larger: LngLat[]): boolean {
  const corners = ring.slice(1);
  const inside = corners.filter(corner => ringContains(larger, corner)).length;
  return inside * 2 > corners.length;
}
