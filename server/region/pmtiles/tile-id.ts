/**
 * Tile ids of PMTiles version 3: tiles are numbered along a Hilbert curve, zoom after zoom, so that neighbours on
 * the map are neighbours in the file. https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 */
export type TileAddress = [z: number, x: number, y: number];

/** Beyond this the ids no longer fit in a double exactly. */
const MAX_ZOOM = 26;

/** Number of tiles in all zooms below this one: (4^z − 1) / 3. */
function firstId(z: number): number {
  return (4 ** z - 1) / 3;
}

/** @throws {RangeError} when there is no such tile */
export function tileId(z: number, x: number, y: number): number {
  const side = 2 ** z;
  if (!(z >= 0 && z <= MAX_ZOOM && x >= 0 && y >= 0 && x < side && y < side)) {
    throw new RangeError(`no tile ${z}/${x}/${y}: expected zoom 0 to ${MAX_ZOOM} and x, y below ${side}`);
  }
  let along = 0;
  let px = x;
  let py = y;
  for (let half = side / 2; half >= 1; half /= 2) {
    const right = px >= half;
    const below = py >= half;
    along += half * half * (right ? (below ? 2 : 3) : below ? 1 : 0);
    if (right) px -= half;
    if (below) py -= half;
    if (!below) [px, py] = right ? [half - 1 - py, half - 1 - px] : [py, px];
  }
  return firstId(z) + along;
}

export function tileAddress(id: number): TileAddress {
  let z = 0;
  while (z < MAX_ZOOM && firstId(z + 1) <= id) z++;
  let rest = id - firstId(z);
  let x = 0;
  let y = 0;
  for (let half = 1; half < 2 ** z; half *= 2) {
    const quadrant = rest % 4;
    rest = Math.floor(rest / 4);
    const right = quadrant >= 2;
    const below = quadrant === 1 || quadrant === 2;
    if (!below) [x, y] = right ? [half - 1 - y, half - 1 - x] : [y, x];
    if (right) x += half;
    if (below) y += half;
  }
  return [z, x, y];
}
