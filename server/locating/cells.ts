/** Many road cells as few points: what an answer can carry. */
import type { Ground } from '#locate/ground.ts';

interface CellPoints {
  lng: number[];
  lat: number[];
  p: number[];
}

/** Cells with less than this are never told one by one. */
const leastP = 1e-5;
/** As many cells are told one by one, and as many points stand for all the others. */
const mostSingle = 2500;
const mostMerged = 500;

/** Cells in the order of a Z-curve: neighbours in it are neighbours on the ground. Made once for a ground. */
export function zOrder({ cellCount, cellLng, cellLat }: Ground): Uint32Array {
  const [west, width] = extent(cellLng);
  const [south, height] = extent(cellLat);
  const scale = (value: number, from: number, size: number) => Math.floor(((value - from) / size) * 0xffff);
  const key = new Uint32Array(cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    const x = scale(cellLng[cell]!, west, width);
    const y = scale(cellLat[cell]!, south, height);
    key[cell] = (spread(x) | (spread(y) << 1)) >>> 0;
  }
  return Uint32Array.from(key.keys()).sort((a, b) => key[a]! - key[b]! || a - b);
}

function extent(values: Float64Array): [from: number, size: number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, Math.max(most - least, 1e-9)];
}

/** The 16 bits of a number with a gap after each. */
function spread(bits: number): number {
  let x = bits & 0xffff;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}

/**
 * The most probable cells as they are; of the others those that are neighbours are put together, at the likeliest cell
 * among them. The sum stays what it was.
 */
export function cellPoints(ground: Ground, order: Uint32Array, mass: Float64Array): CellPoints {
  const limit = Math.max(leastP, threshold(mass));
  const points: CellPoints = { lng: [], lat: [], p: [] };
  const tell = (cell: number, p: number) => {
    points.lng.push(round6(ground.cellLng[cell]!));
    points.lat.push(round6(ground.cellLat[cell]!));
    points.p.push(p);
  };
  let thin = 0;
  for (const cell of order) if (mass[cell]! < limit) thin += mass[cell]!;
  const portion = Math.max(leastP, thin / mostMerged);
  let best = -1;
  let gathered = 0;
  for (const cell of order) {
    const p = mass[cell]!;
    if (p >= limit) tell(cell, p);
    else if (p > 0) {
      gathered += p;
      if (best < 0 || p > mass[best]!) best = cell;
      if (gathered < portion) continue;
      tell(best, gathered);
      best = -1;
      gathered = 0;
    }
  }
  if (best >= 0) tell(best, gathered);
  return points;
}

/** What the last of the cells has that are told one by one. */
function threshold(mass: Float64Array): number {
  const worth = mass.filter(p => p >= leastP);
  return worth.length <= mostSingle ? 0 : worth.sort()[worth.length - mostSingle]!;
}

const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
