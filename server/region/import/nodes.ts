import type { Bbox, LngLat } from '../source.ts';

/**
 * Positions of all nodes of an extract in three flat arrays (16 bytes a node, so that a province fits), looked up by
 * binary search. Files are nearly always sorted by id; one that is not is sorted at the first look-up.
 */
export class NodeStore {
  #ids = new Float64Array(1 << 16);
  #lng = new Int32Array(1 << 16);
  #lat = new Int32Array(1 << 16);
  #size = 0;
  #sorted = true;

  get size(): number {
    return this.#size;
  }

  add(id: number, lng: number, lat: number): void {
    if (this.#size === this.#ids.length) this.#grow();
    if (this.#size > 0 && id <= this.#ids[this.#size - 1]!) this.#sorted = false;
    this.#ids[this.#size] = id;
    this.#lng[this.#size] = Math.round(lng * 1e7);
    this.#lat[this.#size] = Math.round(lat * 1e7);
    this.#size++;
  }

  /** Position of a node, or null when the extract does not hold it. */
  get(id: number): LngLat | null {
    if (!this.#sorted) this.#sort();
    let low = 0;
    let high = this.#size - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#ids[middle]!;
      if (found === id) return [this.#lng[middle]! / 1e7, this.#lat[middle]! / 1e7];
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** Positions of these nodes; those that the extract does not hold are left out. */
  line(refs: readonly number[]): LngLat[] {
    return this.runs(refs).flat();
  }

  /** The stretches of a line that the extract holds: where a node is missing, the line is cut. */
  runs(refs: readonly number[]): LngLat[][] {
    const runs: LngLat[][] = [];
    let run: LngLat[] = [];
    for (const ref of refs) {
      const at = this.get(ref);
      if (at) run.push(at);
      else if (run.length > 0) {
        runs.push(run);
        run = [];
      }
    }
    if (run.length > 0) runs.push(run);
    return runs;
  }

  bounds(): Bbox {
    const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.#size; i++) {
      box[0] = Math.min(box[0], this.#lng[i]! / 1e7);
      box[1] = Math.min(box[1], this.#lat[i]! / 1e7);
      box[2] = Math.max(box[2], this.#lng[i]! / 1e7);
      box[3] = Math.max(box[3], this.#lat[i]! / 1e7);
    }
    return box;
  }

  #grow(): void {
    const larger = <T extends Float64Array | Int32Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    const capacity = this.#ids.length * 2;
    this.#ids = larger(this.#ids, new Float64Array(capacity));
    this.#lng = larger(this.#lng, new Int32Array(capacity));
    this.#lat = larger(this.#lat, new Int32Array(capacity));
  }

  #sort(): void {
    const order = Array.from({ length: this.#size }, (_, i) => i).sort(
      (a, b) => this.#ids[a]! - this.#ids[b]!,
    );
    this.#ids = Float64Array.from(order, i => this.#ids[i]!);
    this.#lng = Int32Array.from(order, i => this.#lng[i]!);
    this.#lat = Int32Array.from(order, i => this.#lat[i]!);
    this.#sorted = true;
  }
}
