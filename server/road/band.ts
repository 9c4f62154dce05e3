/** How far each corner of a raster is from the nearest of many segments. */

/** A raster of corners (x, y), 0 ≤ x < columns, 0 ≤ y < rows, and per corner the nearest point of any segment so far. */
export class NearestField {
  readonly columns: number;
  readonly rows: number;
  private readonly nearX: Float32Array;
  private readonly nearY: Float32Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.nearX = new Float32Array(columns * rows).fill(Infinity);
    this.nearY = new Float32Array(columns * rows).fill(Infinity);
  }

  /** Tells the corners within a cell of the segment; `spread` tells the others. The rim of the raster must stay free. */
  addSegment(ax: number, ay: number, bx: number, by: number): void {
    const dx = bx - ax;
    const dy = by - ay;
    const squared = dx * dx + dy * dy;
    const perLength = squared > 0 ? 1 / squared : 0;
    const firstX = Math.floor(Math.min(ax, bx));
    const lastX = Math.ceil(Math.max(ax, bx));
    const lastY = Math.ceil(Math.max(ay, by));
    for (let y = Math.floor(Math.min(ay, by)); y <= lastY; y++) {
      for (let x = firstX; x <= lastX; x++) {
        const along = ((x - ax) * dx + (y - ay) * dy) * perLength;
        const t = along < 0 ? 0 : along > 1 ? 1 : along;
        this.offer(y * this.columns + x, x, y, ax + dx * t, ay + dy * t);
      }
    }
  }

  /**
   * Passes nearest points on from corner to corner, once down and once up the raster (the vector distance transform of
   * Danielsson 1980): the work is that of the raster, however many segments there are. Off by less than half a cell.
   */
  spread(): void {
    const { columns, rows } = this;
    for (let y = 1; y < rows; y++) this.passOn(y, -columns);
    for (let y = rows - 2; y >= 0; y--) this.passOn(y, columns);
  }

  private passOn(y: number, neighbourRow: number): void {
    const { columns } = this;
    const row = y * columns;
    for (let x = 1; x < columns - 1; x++) {
      const corner = row + x;
      this.take(corner, x, y, corner + neighbourRow - 1);
      this.take(corner, x, y, corner + neighbourRow);
      this.take(corner, x, y, corner + neighbourRow + 1);
      this.take(corner, x, y, corner - 1);
    }
    for (let x = columns - 2; x > 0; x--) this.take(row + x, x, y, row + x + 1);
  }

  private take(corner: number, x: number, y: number, neighbour: number): void {
    this.offer(corner, x, y, this.nearX[neighbour]!, this.nearY[neighbour]!);
  }

  private offer(corner: number, x: number, y: number, pointX: number, pointY: number): void {
    const oldX = this.nearX[corner]! - x;
    const oldY = this.nearY[corner]! - y;
    const newX = pointX - x;
    const newY = pointY - y;
    if (newX * newX + newY * newY < oldX * oldX + oldY * oldY) {
      this.nearX[corner] = pointX;
      this.nearY[corner] = pointY;
    }
  }

  /** `limit` minus the distance in cells to the nearest segment, never below 0; 0 all along the rim. */
  closeness(limit: number): Float32Array {
    const { columns, rows } = this;
    const values = new Float32Array(columns * rows);
    for (let y = 1; y < rows - 1; y++) {
      for (let x = 1; x < columns - 1; x++) {
        const corner = y * columns + x;
        const offX = this.nearX[corner]! - x;
        const offY = this.nearY[corner]! - y;
        values[corner] = Math.max(0, limit - Math.sqrt(offX * offX + offY * offY));
      }
    }
    return values;
  }
}
