import type { Vec } from './plane.ts';

/** Segments hashed into square cells: answers 'what lies near here' without looking at the whole county. */
export class SegmentIndex<T> {
  private readonly cellM: number;
  private readonly cells = new Map<number, number[]>();
  private readonly segments: { a: Vec; b: Vec; tag: T; seen: number }[] = [];
  private visit = 0;

  constructor(cellM: number) {
    this.cellM = cellM;
  }

  add(a: Vec, b: Vec, tag: T): void {
    const index = this.segments.push({ a, b, tag, seen: 0 }) - 1;
    const low: Vec = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
    const high: Vec = [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    this.eachCell(low, high, key => {
      const cell = this.cells.get(key);
      if (cell) cell.push(index);
      else this.cells.set(key, [index]);
    });
  }

  addLine(line: readonly Vec[], tag: T): void {
    for (let i = 1; i < line.length; i++) this.add(line[i - 1] as Vec, line[i] as Vec, tag);
  }

  /** True as soon as `test` holds for a segment whose cell lies within `reachM` of p. */
  some(p: Vec, reachM: number, test: (a: Vec, b: Vec, tag: T) => boolean): boolean {
    const visit = ++this.visit;
    const { cellM, cells, segments } = this;
    const [lastX, lastY] = [Math.floor((p[0] + reachM) / cellM), Math.floor((p[1] + reachM) / cellM)];
    const firstY = Math.floor((p[1] - reachM) / cellM);
    // Plain loops: this is asked millions of times.
    for (let x = Math.floor((p[0] - reachM) / cellM); x <= lastX; x++) {
      for (let y = firstY; y <= lastY; y++) {
        const cell = cells.get((x + 65_536) * 131_072 + y + 65_536);
        if (!cell) continue;
        for (let i = 0; i < cell.length; i++) {
          const segment = segments[cell[i]!]!;
          if (segment.seen === visit) continue;
          segment.seen = visit;
          if (test(segment.a, segment.b, segment.tag)) return true;
        }
      }
    }
    return false;
  }

  private eachCell(low: Vec, high: Vec, visit: (key: number) => void): void {
    const lastX = Math.floor(high[0] / this.cellM);
    const lastY = Math.floor(high[1] / this.cellM);
    for (let cellX = Math.floor(low[0] / this.cellM); cellX <= lastX; cellX++) {
      for (let cellY = Math.floor(low[1] / this.cellM); cellY <= lastY; cellY++) {
        visit((cellX + 65_536) * 131_072 + cellY + 65_536);
      }
    }
  }
}
