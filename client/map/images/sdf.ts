/**
 * Signed distance fields, the form in which MapLibre can colour, scale and outline an icon at draw time.
 * Distances come from the exact two-pass transform of Felzenszwalb and Huttenlocher (2012), "Distance transforms of
 * sampled functions"; partly covered pixels shift the edge, so that curves stay smooth.
 */

/** What MapLibre's shader expects: the edge at 1 − cutoff of the byte range, `radius` px for the whole range. */
const radiusPx = 8;
const cutoff = 0.25;
const far = 1e20;

/** `alpha`: coverage 0..255, row by row, of a square of `side` px. Returns the field as bytes of the same shape. */
export function sdfFromAlpha(alpha: ArrayLike<number>, side: number): Uint8ClampedArray {
  const outside = new Float64Array(side * side);
  const inside = new Float64Array(side * side);
  for (let i = 0; i < alpha.length; i++) {
    const cover = alpha[i]! / 255;
    outside[i] = cover === 0 ? far : Math.max(0, 0.5 - cover) ** 2;
    inside[i] = cover === 1 ? far : Math.max(0, cover - 0.5) ** 2;
  }
  squaredDistances(outside, side);
  squaredDistances(inside, side);
  const field = new Uint8ClampedArray(side * side);
  for (let i = 0; i < field.length; i++) {
    const distancePx = Math.sqrt(outside[i]!) - Math.sqrt(inside[i]!);
    field[i] = Math.round(255 - 255 * (distancePx / radiusPx + cutoff));
  }
  return field;
}

/** In place: the value of each cell becomes min over cells of (its value + squared distance). */
export function squaredDistances(grid: Float64Array, side: number): void {
  const line = new Float64Array(side);
  const hull = new Int32Array(side);
  const breaks = new Float64Array(side + 1);
  for (let x = 0; x < side; x++) transformLine(grid, x, side, line, hull, breaks);
  for (let y = 0; y < side; y++) transformLine(grid, y * side, 1, line, hull, breaks);
}

/** One row or column: the lower envelope of parabolas rooted at each cell. */
function transformLine(
  grid: Float64Array,
  offset: number,
  stride: number,
  line: Float64Array,
  hull: Int32Array,
  breaks: Float64Array,
): void {
  const n = line.length;
  for (let i = 0; i < n; i++) line[i] = grid[offset + i * stride]!;
  let last = 0;
  hull[0] = 0;
  breaks[0] = -far;
  breaks[1] = far;
  for (let i = 1; i < n; i++) {
    let meet = crossing(line, hull[last]!, i);
    while (meet <= breaks[last]!) meet = crossing(line, hull[--last]!, i);
    hull[++last] = i;
    breaks[last] = meet;
    breaks[last + 1] = far;
  }
  for (let i = 0, k = 0; i < n; i++) {
    while (breaks[k + 1]! < i) k++;
    const root = hull[k]!;
    grid[offset + i * stride] = line[root]! + (i - root) ** 2;
  }
}

/** Where the parabolas rooted at a < b meet. */
function crossing(line: Float64Array, a: number, b: number): number {
  return (line[b]! + b * b - (line[a]! + a * a)) / (2 * (b - a));
}
