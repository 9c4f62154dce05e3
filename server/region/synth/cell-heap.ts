/** A binary heap of cell numbers by cost. */
export class CellHeap {
  private readonly cells: number[] = [];
  private readonly costs: number[] = [];

  get size(): number {
    return this.cells.length;
  }

  clear(): void {
    this.cells.length = 0;
    this.costs.length = 0;
  }

  push(cell: number, cost: number): void {
    let at = this.cells.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.costs[parent]! <= cost) break;
      this.cells[at] = this.cells[parent]!;
      this.costs[at] = this.costs[parent]!;
      at = parent;
    }
    this.cells[at] = cell;
    this.costs[at] = cost;
  }

  pop(): number {
    const top = this.cells[0]!;
    const cell = this.cells.pop()!;
    const cost = this.costs.pop()!;
    const count = this.cells.length;
    if (count === 0) return top;
    let at = 0;
    for (let child = 1; child < count; child = at * 2 + 1) {
      if (child + 1 < count && this.costs[child + 1]! < this.costs[child]!) child++;
      if (this.costs[child]! >= cost) break;
      this.cells[at] = this.cells[child]!;
      this.costs[at] = this.costs[child]!;
      at = child;
    }
    this.cells[at] = cell;
    this.costs[at] = cost;
    return top;
  }
}
