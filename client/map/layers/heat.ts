/** Colours of the probability: apart from the four levels of risk and the states of units. */
import type { Theme } from '../../ui/tokens.ts';

type Stop = readonly [level: number, r: number, g: number, b: number, a: number];

const ramps: Record<Theme, readonly Stop[]> = {
  dark: [
    [0, 84, 24, 110, 0],
    [0.15, 104, 30, 122, 30],
    [0.4, 168, 46, 126, 84],
    [0.65, 232, 88, 110, 122],
    [0.85, 255, 150, 110, 150],
    [1, 255, 226, 178, 180],
  ],
  light: [
    [0, 150, 70, 170, 0],
    [0.15, 150, 70, 170, 26],
    [0.4, 158, 40, 140, 70],
    [0.65, 176, 24, 110, 104],
    [0.85, 160, 10, 70, 132],
    [1, 110, 0, 40, 160],
  ],
};

export const heat: Record<
  Theme,
  { fill: string; edge: string; ramp: (level: number) => [number, number, number, number] }
> = {
  dark: { fill: '#c04a90', edge: '#f59ac8', ramp: level => at(ramps.dark, level) },
  light: { fill: '#a02a80', edge: '#8a1466', ramp: level => at(ramps.light, level) },
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
