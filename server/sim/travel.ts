/** Something that moves along roads: where it is at any moment of its trip. Pure. */
import { bearingDeg, type LngLat, lngShrink, metresAlong, metresPerDegree, pointBetween } from '#road/geo.ts';

export type { LngLat };

/** The point `alongM` from `from` in a direction. */
export function offset(from: LngLat, alongM: number, courseDeg: number): LngLat {
  const angle = (courseDeg * Math.PI) / 180;
  const north = (Math.cos(angle) * alongM) / metresPerDegree;
  const east = (Math.sin(angle) * alongM) / metresPerDegree / lngShrink(from[1]);
  return [from[0] + east, from[1] + north];
}

export interface Whereabouts {
  at: LngLat;
  speedMps: number;
  courseDeg: number;
  arrived: boolean;
}

/** A trip over a line of road at a steady average speed, with a gentle start and stop over the first and last 40 m. */
export class Trip {
  readonly #line: LngLat[];
  readonly #along: number[];
  readonly #speedMps: number;
  readonly #startMs: number;

  constructor(line: LngLat[], speedMps: number, startMs: number) {
    if (line.length === 0) throw new RangeError('a trip needs at least one point');
    this.#line = line;
    this.#speedMps = speedMps;
    this.#startMs = startMs;
    this.#along = metresAlong(line);
  }

  get lengthM(): number {
    return this.#along.at(-1)!;
  }

  get endsAtMs(): number {
    return this.#startMs + (this.lengthM / this.#speedMps) * 1000;
  }

  at(nowMs: number): Whereabouts {
    const travelled = (Math.max(0, nowMs - this.#startMs) / 1000) * this.#speedMps;
    const last = this.#line.length - 1;
    if (travelled >= this.lengthM) {
      const courseDeg = last > 0 ? bearingDeg(this.#line[last - 1]!, this.#line[last]!) : 0;
      return { at: this.#line[last]!, speedMps: 0, courseDeg, arrived: true };
    }
    let i = 1;
    while (i < last && this.#along[i]! < travelled) i++;
    const from = this.#line[i - 1]!;
    const to = this.#line[i]!;
    const share = (travelled - this.#along[i - 1]!) / Math.max(0.01, this.#along[i]! - this.#along[i - 1]!);
    const ease = Math.min(1, (Math.min(travelled, this.lengthM - travelled) + 10) / 50);
    return {
      at: pointBetween(from, to, share),
      speedMps: this.#speedMps * ease,
      courseDeg: bearingDeg(from, to),
      arrived: false,
    };
  }
}
