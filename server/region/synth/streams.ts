import { CellHeap } from './cell-heap.ts';
import { fractalNoise } from './noise.ts';
import { type Line, smooth, type Vec } from './plane.ts';
import { Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { Terrain } from './terrain.ts';

/**
 * Streams by drainage: water is flooded upwards from the rivers, cell by cell in order of height (Barnes et al.,
 * 'Priority-flood', 2014), so each cell knows where its rain goes; a stream is where enough rain has come together.
 */
export function traceStreams(terrain: Terrain, isWet: (p: Vec) => boolean, random: Random): Line[] {
  const { scale } = terrain;
  const raster = new Raster([0, 0], scale.halfM, Math.max(140, scale.halfM / 125)).fill(
    (x, y) => terrain.heightM(x, y) + random.range(0, 12),
  );
  const jitter = Float32Array.from(raster.values, () => random.next() ** 2);
  const { order, down } = drain(raster, isWet, jitter);
  const rain = new Float64Array(down.length).fill(1);
  for (let i = order.length - 1; i >= 0; i--) {
    const cell = order[i]!;
    const below = down[cell]!;
    if (below >= 0) rain[below]! += rain[cell]!;
  }
  const enough = 900_000 / raster.cellM ** 2;
  const taken = new Uint8Array(down.length);
  const streams: Line[] = [];
  const meander = fractalNoise(random.fork('meander'), 430, 3);
  // From the farthest springs down, so that the longest course of each water gets one line and the others join it.
  for (let i = order.length - 1; i >= 0; i--) {
    const spring = order[i]!;
    if (taken[spring] || rain[spring]! < enough || rain[spring]! > enough * 2.5) continue;
    const [x, y] = raster.centreOf(spring);
    if (terrain.insideM(x, y) < 300) continue;
    const line: Line = [];
    for (let cell = spring; cell >= 0; cell = down[cell]!) {
      const [cx, cy] = raster.centreOf(cell);
      const here: Vec = [cx + meander(cx, cy) * 95, cy + meander(cy + 5e4, cx) * 95];
      if (terrain.insideM(cx, cy) < 100) break;
      line.push(here);
      if (taken[cell] || isWet(here)) break;
      taken[cell] = 1;
    }
    if (line.length > 5) streams.push(smooth(line, 2));
  }
  return streams.filter(line => line.every(p => Math.hypot(p[0], p[1]) > scale.townRadiusM * 1.12));
}

/**
 * The order in which the flood reaches the cells, and for each the cell it drains to (-1: into a river).
 * `jitter` lets it creep unevenly over flat ground, where rains would else run side by side.
 */
function drain(
  raster: Raster,
  isWet: (p: Vec) => boolean,
  jitter: Float32Array,
): { order: number[]; down: Int32Array } {
  const { size, values } = raster;
  const down = new Int32Array(values.length).fill(-2);
  const order: number[] = [];
  const heap = new CellHeap();
  const level = new Float64Array(values.length);
  for (let cell = 0; cell < values.length; cell++) {
    if (!isWet(raster.centreOf(cell))) continue;
    down[cell] = -1;
    heap.push(cell, 0);
  }
  while (heap.size > 0) {
    const cell = heap.pop();
    order.push(cell);
    const row = Math.floor(cell / size);
    const column = cell - row * size;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (column + dx < 0 || column + dx >= size || row + dy < 0 || row + dy >= size) continue;
        const next = cell + dy * size + dx;
        if (down[next] !== -2) continue;
        down[next] = cell;
        level[next] =
          Math.max(level[cell]! + 0.2 + jitter[next]! * 9, values[next]!) + (dx !== 0 && dy !== 0 ? 1.2 : 0);
        heap.push(next, level[next]!);
      }
    }
  }
  return { order, down };
}
