import type { Random } from '#domain/random.ts';

/** Smooth noise over the plane: (x, y) → about [-1, 1]. */
export type Noise = (x: number, y: number) => number;

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

/** Perlin's gradient noise (2002 revision) with a feature size of 1. */
export function gradientNoise(random: Random): Noise {
  const table = random.shuffle(Array.from({ length: 256 }, (_, i) => i));
  const angles = Float64Array.from(table, value => (value / 256) * Math.PI * 2);
  const gradX = Float64Array.from(angles, Math.cos);
  const gradY = Float64Array.from(angles, Math.sin);
  const slot = (ix: number, iy: number): number => ((table[ix & 255] ?? 0) + iy) & 255;
  const dot = (index: number, dx: number, dy: number): number => gradX[index]! * dx + gradY[index]! * dy;
  return (x, y) => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const dx = x - ix;
    const dy = y - iy;
    const u = fade(dx);
    const v = fade(dy);
    const low = dot(slot(ix, iy), dx, dy) * (1 - u) + dot(slot(ix + 1, iy), dx - 1, dy) * u;
    const high = dot(slot(ix, iy + 1), dx, dy - 1) * (1 - u) + dot(slot(ix + 1, iy + 1), dx - 1, dy - 1) * u;
    return (low * (1 - v) + high * v) * 1.5;
  };
}

/** Fractal sum of `octaves` layers, each twice as fine and half as strong; the largest feature measures `sizeM`. */
export function fractalNoise(random: Random, sizeM: number, octaves: number): Noise {
  const layers = Array.from({ length: octaves }, (_, i) => ({
    noise: gradientNoise(random.fork(`octave${i}`)),
    frequency: 2 ** i / sizeM,
    weight: 0.5 ** i,
  }));
  const total = layers.reduce((sum, layer) => sum + layer.weight, 0);
  return (x, y) => {
    let sum = 0;
    for (const layer of layers) sum += layer.noise(x * layer.frequency, y * layer.frequency) * layer.weight;
    return sum / total;
  };
}
