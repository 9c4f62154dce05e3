/**
 * A binary min-heap of (key, value) pairs of 32-bit integers. There is no decrease-key: push again and skip what
 * comes out stale, which beats an indexed heap on the short searches of a hierarchy.
 */
export class MinHeap {
  private keys: Int32Array;
  private values: Int32Array;
  size = 0;

  constructor(capacity = 1024) {
    this.keys = new Int32Array(capacity);
    this.values = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  /** Key of the smallest pair; the heap must not be empty. */
  get topKey(): number {
    return this.keys[0]!;
  }

  push(key: number, value: number): void {
    if (this.size === this.keys.length) this.grow();
    const { keys, values } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      values[at] = values[parent]!;
      at = parent;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** Removes the smallest pair and returns its value; the heap must not be empty. */
  pop(): number {
    const { keys, values } = this;
    const result = values[0]!;
    const size = --this.size;
    const key = keys[size]!;
    const half = size >> 1;
    let at = 0;
    while (at < half) {
      let child = at * 2 + 1;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[at] = keys[child]!;
      values[at] = values[child]!;
      at = child;
    }
    keys[at] = key;
    values[at] = values[size]!;
    return result;
  }

  private grow(): void {
    const keys = new Int32Array(this.keys.length * 2);
    const values = new Int32Array(keys.length);
    keys.set(this.keys);
    values.set(this.values);
    this.keys = keys;
    this.values = values;
  }
}
