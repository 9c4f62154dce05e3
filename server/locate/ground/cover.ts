/** What a search of one target sees of others. */
import { distanceM, lngShrink, type LngLat, metresPerDegree } from '#road/geo.ts';
import type { Lists } from '../ground.ts';

/** She counts as seen within this distance of what is searched. */
export const seenWithinM = 60;
/** Two places this near are under one roof: the cash machine in the bank. */
export const sameRoofM = 25;
/** Smaller shares are not worth the time that they cost everywhere. */
export const leastShare = 0.05;

/** A target as geometry: what is searched, and where somebody at it may be, each with its weight. */
export interface Extent {
  /** One point of a place, or the line. */
  searched: readonly LngLat[];
  /** Whoever is there is seen neither from the road nor from the car park next door. */
  indoors: boolean;
  positions: readonly LngLat[];
  weights: readonly number[];
}

/** Per target j the targets i that are seen beside it, and the share of i's positions; j itself with 1. */
export function coverOf(extents: readonly Extent[]): { cover: Lists; coverShare: Float32Array } {
  const pieces = new PieceGrid(extents);
  // seen[j] gathers (i, share) in ascending i.
  const seen: number[][] = extents.map(() => []);
  const shareOf = new Float64Array(extents.length);
  extents.forEach(({ searched, positions, weights, indoors }, i) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const touched: number[] = [];
    positions.forEach((at, k) => {
      pieces.eachNear(at, j => {
        if (indoors && !isUnderRoof(searched[0]!, extents[j]!)) return;
        if (shareOf[j] === 0) touched.push(j);
        shareOf[j]! += weights[k]! / total;
      });
    });
    for (const j of touched) {
      if (j !== i && shareOf[j]! >= leastShare) seen[j]!.push(i, Math.min(1, shareOf[j]!));
      shareOf[j] = 0;
    }
  });
  return flattened(seen);
}

const isUnderRoof = (at: LngLat, { searched }: Extent): boolean =>
  searched.length === 1 && distanceM(at, searched[0]!) <= sameRoofM;

function flattened(seen: readonly number[][]): { cover: Lists; coverShare: Float32Array } {
  const offset = new Uint32Array(seen.length + 1);
  seen.forEach((pairs, j) => {
    offset[j + 1] = offset[j]! + pairs.length / 2 + 1;
  });
  const items = new Uint32Array(offset[seen.length]!);
  const coverShare = new Float32Array(items.length);
  seen.forEach((pairs, j) => {
    const first = offset[j]!;
    items[first] = j;
    coverShare[first] = 1;
    for (let k = 0; k < pairs.length; k += 2) {
      items[first + 1 + k / 2] = pairs[k]!;
      coverShare[first + 1 + k / 2] = pairs[k + 1]!;
    }
  });
  return { cover: { offset, items }, coverShare };
}

/** Squares of this size hold all pieces of searched lines and points that come within 60 m of some point of theirs. */
const squareM = 120;

/** Everything that is searched, in metres from a corner, found again by position. */
class PieceGrid {
  private readonly origin: LngLat;
  private readonly shrink: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly offset: Uint32Array;
  private readonly piece: Uint32Array;
  /** 4 per piece: from, to. */
  private readonly ends: Float64Array;
  private readonly target: Uint32Array;
  /** The position that last met each target, so that none is told twice. */
  private readonly metBy: Int32Array;
  private asked = 0;

  constructor(extents: readonly Extent[]) {
    const [west, south, east, north] = frameOf(extents);
    this.origin = [west, south];
    this.shrink = lngShrink((south + north) / 2);
    const [width, height] = this.metres([east, north]);
    this.columns = Math.floor(width / squareM) + 1;
    this.rows = Math.floor(height / squareM) + 1;
    this.metBy = new Int32Array(extents.length).fill(-1);
    const ends: number[] = [];
    const target: number[] = [];
    extents.forEach(({ searched }, j) => {
      const points = searched.map(at => this.metres(at));
      for (let i = Math.min(1, points.length - 1); i < points.length; i++) {
        ends.push(...points[Math.max(0, i - 1)]!, ...points[i]!);
        target.push(j);
      }
    });
    this.ends = Float64Array.from(ends);
    this.target = Uint32Array.from(target);
    this.offset = new Uint32Array(this.columns * this.rows + 1);
    this.eachSquare(square => {
      this.offset[square + 1]!++;
    });
    for (let square = 1; square < this.offset.length; square++)
      this.offset[square]! += this.offset[square - 1]!;
    this.piece = new Uint32Array(this.offset.at(-1)!);
    const next = this.offset.slice();
    this.eachSquare((square, piece) => {
      this.piece[next[square]!++] = piece;
    });
  }

  /** Visits each target once that is within 60 m of the position. */
  eachNear(at: LngLat, visit: (target: number) => void): void {
    const [x, y] = this.metres(at);
    const [column, row] = [Math.floor(x / squareM), Math.floor(y / squareM)];
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return;
    const square = row * this.columns + column;
    this.asked++;
    for (let k = this.offset[square]!; k < this.offset[square + 1]!; k++) {
      const piece = this.piece[k]!;
      const target = this.target[piece]!;
      if (this.metBy[target] === this.asked || !this.isNear(piece, x, y)) continue;
      this.metBy[target] = this.asked;
      visit(target);
    }
  }

  private isNear(piece: number, x: number, y: number): boolean {
    const [ax, ay] = [this.ends[piece * 4]!, this.ends[piece * 4 + 1]!];
    const [dx, dy] = [this.ends[piece * 4 + 2]! - ax, this.ends[piece * 4 + 3]! - ay];
    const squared = dx * dx + dy * dy;
    const share = squared > 0 ? ((x - ax) * dx + (y - ay) * dy) / squared : 0;
    const along = share < 0 ? 0 : share > 1 ? 1 : share;
    return (ax + dx * along - x) ** 2 + (ay + dy * along - y) ** 2 <= seenWithinM * seenWithinM;
  }

  private eachSquare(visit: (square: number, piece: number) => void): void {
    const { ends, columns, rows } = this;
    const clamp = (metres: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor(metres / squareM)));
    for (let piece = 0; piece < this.target.length; piece++) {
      const [ax, ay, bx, by] = [
        ends[piece * 4]!,
        ends[piece * 4 + 1]!,
        ends[piece * 4 + 2]!,
        ends[piece * 4 + 3]!,
      ];
      const lastRow = clamp(Math.max(ay, by) + seenWithinM, rows);
      const lastColumn = clamp(Math.max(ax, bx) + seenWithinM, columns);
      for (let row = clamp(Math.min(ay, by) - seenWithinM, rows); row <= lastRow; row++) {
        for (let column = clamp(Math.min(ax, bx) - seenWithinM, columns); column <= lastColumn; column++)
          visit(row * columns + column, piece);
      }
    }
  }

  private metres([lng, lat]: LngLat): [number, number] {
    return [(lng - this.origin[0]) * metresPerDegree * this.shrink, (lat - this.origin[1]) * metresPerDegree];
  }
}

function frameOf(extents: readonly Extent[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { searched, positions } of extents) {
    for (const [lng, lat] of [...searched, ...positions]) {
      west = Math.min(west, lng);
      south = Math.min(south, lat);
      east = Math.max(east, lng);
      north = Math.max(north, lat);
    }
  }
  return extents.length > 0 ? [west, south, east, north] : [0, 0, 0, 0];
}
