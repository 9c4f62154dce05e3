/** Colours of the probability: apart from the four levels of risk and the states of units. */
import type { Theme } from '../../ui/tokens.ts';

type Stop = readonly [level: number, r: number, g: number, b: number, a: number];

const ramps: Record<Theme, readonly Stop[]> = {
  dark: [
    [0, 96, 40, 150, 0],
    [0.05, 104, 40, 150, 70],
    [0.2, 150, 46, 150, 120],
    [0.5, 226, 78, 124, 160],
    [0.8, 255, 150, 110, 190],
    [1, 255, 232, 190, 215],
  ],
  light: [
    [0, 196, 96, 210, 0],
    [0.05, 196, 88, 208, 105],
    [0.2, 196, 56, 184, 155],
    [0.5, 190, 14, 120, 190],
    [0.8, 150, 0, 72, 212],
    [1, 92, 0, 36, 232],
  ],
};

export const heat: Record<
  Theme,
  { edge: string; ramp: (level: number) => [number, number, number, number] }
> = {
  dark: { edge: '#f59ac8', ramp: level => at(ramps.dark, level) },
  light: { edge: '#8a1466', ramp: level => at(ramps.light, level) },
};

function at(stops: readonly Stop[], level: number): [number, number, number, number] {
  const upper = Math.max(
    1,
    stops.findIndex(stop => stop[0] >= level),
  );
  const [from, to] = [stops[upper - 1]!, stops[upper]!];
  const t = Math.min(1, Math.max(0, (level - from[0]) / (to[0] - from[0])));
  const mix = (channel: 1 | 2 | 3 | 4) => Math.round(from[channel] + t * (to[channel] - from[channel]));
  return [mix(1), mix(2), mix(3), mix(4)];
}
