import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import type { RoadInput } from '../../server/road/build.ts';
import type { LngLat } from '../../server/road/geo.ts';
import { edgeDs } from '../../server/road/graph.ts';
import { TrackMatcher } from '../../server/road/match/match.ts';
import type { TrackFix } from '../../server/road/match/model.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { street } from '../builders/street.ts';
import {
  defaultSpeedKmh,
  hourOf,
  learnSpeeds,
  medianRatio,
  ratioBin,
  ratioBins,
  speedSamples,
  withSpeeds,
} from '../../server/road/speeds.ts';

/** One straight primary road eastwards, 36 km/h, a junction every 200 m with a short residential side street. */
function streets(): RoadInput {
  const nodes = new Map<number, LngLat>();
  const step = 200 / (111_195 * Math.cos((24.7 * Math.PI) / 180));
  for (let i = 0; i <= 20; i++)
    nodes.set(i, [103.1 + i * step, 24.7]).set(100 + i, [103.1 + i * step, 24.7006]);
  return {
    nodes,
    ways: [
      street(
        1,
        [...nodes.keys()].filter(ref => ref < 100),
        { roadClass: 'primary' },
      ),
      ...Array.from({ length: 21 }, (_, i) => street(10 + i, [i, 100 + i], { speedKmh: 20 })),
    ],
    restrictions: [],
    barriers: [],
  };
}
const graph = buildRoadGraph(streets());
const matcher = new TrackMatcher(graph);
const startAt = Date.parse('2026-11-23T01:10:00Z'); // Monday, ten past nine in Shanghai

interface Stage {
  /** Metres east of the road's beginning where it ends, at this speed; or seconds of standing. */
  toM?: number;
  speedMps?: number;
  standS?: number;
}
function drive(stages: readonly Stage[]): TrackFix[] {
  const fixes: TrackFix[] = [];
  let [atM, atS] = [0, 0];
  const report = () =>
    fixes.push({
      lng: 103.1 + atM / (111_195 * Math.cos((24.7 * Math.PI) / 180)),
      lat: 24.70002,
      observedAtMs: startAt + atS * 1000,
    });
  for (const { toM = atM, speedMps = 10, standS = 0 } of stages) {
    for (let s = 0; s < standS; s += 5, atS += 5) report();
    const way = Math.sign(toM - atM);
    for (; way !== 0 && (toM - atM) * way > 0; atM += way * speedMps * 5, atS += 5) report();
  }
  report();
  return fixes;
}
const samplesOf = (track: TrackFix[]) =>
  matcher.match(track).paths.flatMap(path => speedSamples(graph, track, path));

describe('samples of speed', () => {
  it('say how fast a drive was against the default, one for each 200 m, in the hour of Shanghai', () => {
    for (const speedMps of [5, 10, 15]) {
      const samples = samplesOf(drive([{ toM: 3000, speedMps }]));
      expect(samples.length).toBeGreaterThanOrEqual(12);
      expect(samples.length).toBeLessThanOrEqual(15);
      for (const { roadClass, hour, ratio } of samples) {
        expect({ roadClass, hour }).toEqual({ roadClass: 'primary', hour: 9 });
        expect(ratio).toBeCloseTo(speedMps / 10, 1);
      }
    }
  });

  it('count a wait at a light, but neither the stop at the end nor a stop on the way', () => {
    const light = samplesOf(drive([{ toM: 1500 }, { standS: 40 }, { toM: 3000 }]));
    expect(Math.min(...light.map(({ ratio }) => ratio))).toBeLessThan(0.5);
    const stop = samplesOf(
      drive([{ standS: 600 }, { toM: 1500 }, { standS: 300 }, { toM: 3000 }, { standS: 900 }]),
    );
    expect(stop.length).toBeGreaterThan(8);
    for (const { ratio } of stop) expect(ratio).toBeGreaterThan(0.9);
  });

  it.each([
    ['patrols to and fro', [{ toM: 900 }, { toM: 0 }, { toM: 900 }, { toM: 0 }]],
    ['searches at a walk', [{ toM: 2000, speedMps: 2 }]],
    ['moves a few hundred metres', [{ toM: 600 }]],
    ['stands', [{ standS: 3600 }]],
  ])('say nothing of a unit that %s', (_, stages) => {
    expect(samplesOf(drive(stages))).toEqual([]);
  });
});

describe('hours', () => {
  it('are those of Shanghai, with weekends', () => {
    expect(hourOf(Date.parse('2026-11-22T15:59:59Z'))).toEqual({ dayKind: 'weekend', hour: 23 });
    expect(hourOf(Date.parse('2026-11-22T16:00:00Z'))).toEqual({ dayKind: 'weekday', hour: 0 });
    expect(hourOf(Date.parse('2026-11-20T15:59:59Z'))).toEqual({ dayKind: 'weekday', hour: 23 });
    expect(hourOf(Date.parse('2026-11-20T16:00:00Z'))).toEqual({ dayKind: 'weekend', hour: 0 });
  });
});

describe('medians', () => {
  const counted = (ratios: readonly number[]): number[] => {
    const bins = Array<number>(ratioBins).fill(0);
    for (const ratio of ratios) bins[ratioBin(ratio)]!++;
    return bins;
  };

  it('of binned ratios are within a bin of the median', () => {
    const ratio = fc.double({ min: 0.11, max: 3.9, noNaN: true });
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1, maxLength: 60 }), ratios => {
        const sorted = ratios.toSorted((a, b) => a - b);
        const [low, high] = [
          sorted[Math.ceil(sorted.length / 2) - 1]!,
          sorted[Math.floor(sorted.length / 2)]!,
        ];
        const median = medianRatio(counted(ratios));
        expect(median).toBeGreaterThan(low / 1.07);
        expect(median).toBeLessThan(high * 1.07);
      }),
    );
    expect(medianRatio(counted([]))).toBe(1);
  });

  it('are drawn towards the default while there are few, and an hour towards its class', () => {
    const at = (hour: number, ratio: number, count: number) => ({
      roadClass: 'primary' as const,
      dayKind: 'weekday' as const,
      hour,
      bins: counted(Array<number>(count).fill(ratio)),
    });
    const ratioAt = (counts: Parameters<typeof learnSpeeds>[0], hour: number, dayKind = 'weekday') =>
      learnSpeeds(counts).find(
        each => each.roadClass === 'primary' && each.hour === hour && each.dayKind === dayKind,
      )!;
    expect(ratioAt([], 8)).toMatchObject({ samples: 0, ratio: 1 });
    const few = ratioAt([at(8, 0.5, 4)], 8).ratio;
    const many = ratioAt([at(8, 0.5, 4000)], 8).ratio;
    expect(few).toBeGreaterThan(0.85);
    expect(many).toBeLessThan(0.54);
    // Another hour of the class, in which nobody drove, follows the class; other classes do not.
    const counts = [at(8, 0.5, 4000), at(3, 1, 4000)];
    expect(ratioAt(counts, 3).ratio).toBeGreaterThan(0.9);
    expect(ratioAt(counts, 15, 'weekend').ratio).toBe(ratioAt(counts, 14).ratio);
    expect(learnSpeeds(counts).find(each => each.roadClass === 'trunk')).toMatchObject({
      samples: 0,
      ratio: 1,
    });
    expect(learnSpeeds(counts).some(each => each.roadClass === 'ferry')).toBe(false);
  });
});

describe('a graph with learned speeds', () => {
  it('takes that much longer on roads of the class and is routed exactly', () => {
    const ratio = [1, 1, 0.5, 1, 1, 1, 2, 1, 1, 1, 1];
    const slower = withSpeeds(graph, ratio);
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const factor = graph.edgeClass[edge] === 2 ? 0.5 : 2;
      expect(Math.abs(edgeDs(slower, edge) - edgeDs(graph, edge) / factor)).toBeLessThanOrEqual(0.5);
    }
    const router = new RoadRouter(slower, buildHierarchy(slower));
    const from: LngLat = [103.1, 24.7];
    const to: LngLat = [103.1 + 3000 / (111_195 * Math.cos((24.7 * Math.PI) / 180)), 24.7];
    expect(router.route(from, to)!.travelTimeS).toBeCloseTo(600, 0);
  });

  it('knows the default speed of each class', () => {
    expect(defaultSpeedKmh(graph, 'primary')).toBeCloseTo(36, 3);
    expect(defaultSpeedKmh(graph, 'residential')).toBeCloseTo(20, 3);
    expect(defaultSpeedKmh(graph, 'motorway')).toBeNull();
  });
});
