/** Where the subject of a scenario really is. Known to the simulator alone until the exercise is over. Pure. */
import { bearingDeg, type LngLat, metresAlong } from '#road/geo.ts';

export type Mode = 'atPlace' | 'parked' | 'driving' | 'onFoot';

/** `mode` holds from this point to the next one. Seconds count from the alert; before it they are negative. */
export interface TruthPoint {
  atS: number;
  lng: number;
  lat: number;
  mode: Mode;
}

export interface TrueState {
  at: LngLat;
  mode: Mode;
  courseDeg: number;
}

/** The state at a moment, linear between the points; before the first and after the last she stays there. */
export function truthAt(truth: readonly TruthPoint[], atS: number): TrueState {
  const next = truth.findIndex(point => point.atS > atS);
  if (next <= 0) {
    const only = next === 0 ? truth[0]! : truth.at(-1)!;
    return { at: [only.lng, only.lat], mode: only.mode, courseDeg: 0 };
  }
  const from = truth[next - 1]!;
  const to = truth[next]!;
  const share = (atS - from.atS) / Math.max(0.001, to.atS - from.atS);
  return {
    at: [from.lng + (to.lng - from.lng) * share, from.lat + (to.lat - from.lat) * share],
    mode: from.mode,
    courseDeg: bearingDeg([from.lng, from.lat], [to.lng, to.lat]),
  };
}

/** Points of a way along a line, evenly driven, from `startS` on; ends with the arrival's point in mode `ends`. */
export function travelPoints(
  line: readonly LngLat[],
  how: { startS: number; durationS: number; mode: Mode; ends: Mode },
): TruthPoint[] {
  const alongM = metresAlong(line);
  const totalM = Math.max(0.001, alongM.at(-1)!);
  return line.map(([lng, lat], i) => ({
    atS: Math.round((how.startS + (alongM[i]! / totalM) * how.durationS) * 10) / 10,
    lng,
    lat,
    mode: i === line.length - 1 ? how.ends : how.mode,
  }));
}
