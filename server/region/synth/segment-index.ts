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
    let found = false;
    this.eachCell([p[0] - reachM, p[1] - reachM], [p[0] + reachM, p[1] + reachM], key => {
      if (found) return;
      for (const index of this.cells.get(key) ?? []) {
        const segment = this.segments[index]!;
        if (segment.seen === visit) continue;
        segment.seen = visit;
        if (test(segment.a, segment.b, segment.tag)) {
          found = true;
          return;
        }
      }
    });
    return found;
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
