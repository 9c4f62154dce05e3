import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Antenna } from '../../server/locate/fact.ts';
import type { GroundSource } from '../../server/locate/ground.ts';
import { buildGround } from '../../server/locate/ground/build.ts';
import type { Presence } from '../../server/locate/presence.ts';
import { passingOf, vehicleAsk } from '../../server/locate/question/cameras.ts';
import { type QuestionInput, rankQuestions } from '../../server/locate/question/index.ts';
import { bankAsk, registerAsk, usualPlacesAsk } from '../../server/locate/question/people.ts';
import { pingAsk } from '../../server/locate/question/ping.ts';
import { questionText } from '../../server/locate/question/words.ts';
import { fieldOf } from '../../server/locate/sketch/field.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import type { LngLat } from '../../server/road/geo.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

const graph = buildRoadGraph(gridTown(2500, 3));
const router = new RoadRouter(graph, buildHierarchy(graph));
const random = seededRandom(11);
const anywhere = (): LngLat => nodePosition(graph, Math.floor(random() * graph.nodeCount));
const kinds = ['bank', 'hotel', 'park', 'internetCafe', 'carPark', 'guestHouse'] as const;
const places: GroundSource['places'] = Array.from({ length: 40 }, (_, i) => ({
  id: `p${i}`,
  kind: kinds[i % kinds.length]!,
  name: `场所${i}`,
  position: anywhere(),
}));
const ground = buildGround(graph, { places, segments: [] });

const antennas: Antenna[] = Array.from({ length: 8 }, anywhere).flatMap((site, s) =>
  [0, 120, 240].map(azimuthDeg => ({
    cellId: `c${s}-${azimuthDeg}`,
    site,
    azimuthDeg,
    beamwidthDeg: 65,
    rangeM: 3000,
  })),
);
const cameras = Array.from({ length: 12 }, (_, i) => ({
  id: `k${i}`,
  name: `卡口${i}`,
  position: anywhere(),
}));
const units: QuestionInput['units'] = Array.from({ length: 6 }, (_, i) => ({
  id: `u${i}`,
  at: router.snap(anywhere())!,
  freeInS: i === 0 ? 240 : 0,
  kind: i === 5 ? 'foot' : 'car',
}));

/** The same at every moment. */
const steady = (weights: readonly [target: number, p: number][]): Presence => {
  const at = new Float32Array(ground.targets.length * 2);
  for (const [target, p] of weights) at.fill(p, target * 2, target * 2 + 2);
  return { inS: Float64Array.of(0, 3600), at, driving: 0 };
};
const ask = (presence: Presence, more: Partial<QuestionInput> = {}) =>
  rankQuestions({
    ground,
    router,
    presence,
    units,
    antennas,
    cameras,
    origin: places[0]!.position,
    plateKnown: true,
    usualPlacesKnown: false,
    ...more,
  });

/** Some of the places and streets, with what is left for elsewhere. */
const presence = fc
  .uniqueArray(fc.nat(ground.targets.length - 1), { minLength: 2, maxLength: 25 })
  .chain(targets =>
    fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
        minLength: targets.length,
        maxLength: targets.length,
      })
      .map(weights => {
        const sum = weights.reduce((a, b) => a + b, 0) * 1.1;
        return steady(targets.map((target, i): [number, number] => [target, weights[i]! / sum]));
      }),
  );
const wide = steady(places.map((_, i): [number, number] => [i, 0.9 / places.length]));

describe('next best questions', () => {
  it('gain something or are left out, the best one first, and always the same', () => {
    fc.assert(
      fc.property(presence, fc.boolean(), (belief, plateKnown) => {
        const ranked = ask(belief, { plateKnown });
        for (const each of ranked) {
          expect(each.gainMin).toBeGreaterThan(0);
          expect(each.gainMin).toBeLessThan(60);
          expect(each.ask).not.toBe(plateKnown ? 'vehicle' : 'camera');
        }
        expect(ask(belief, { plateKnown })).toEqual(ranked);
      }),
      { numRuns: 30 },
    );
  });

  it('find something to ask when she may be anywhere', () => {
    const asks = new Set(ask(wide).map(each => each.ask));
    expect(asks).toContain('ping');
    expect(asks).toContain('usualPlaces');
    expect(asks).toContain('hotelRegister');
    const unknownPlate = new Set(ask(wide, { plateKnown: false }).map(each => each.ask));
    expect(unknownPlate).toContain('vehicle');
    expect(unknownPlate).not.toContain('camera');
  });

  it('are worth nothing when it is known where she is, or nobody can go', () => {
    expect(ask(steady([[3, 0.95]]))).toEqual([]);
    const sure = steady([
      [3, 0.9],
      [7, 1e-4],
    ]);
    expect(ask(sure).reduce((sum, each) => sum + each.gainMin, 0)).toBeLessThan(0.1);
    expect(ask(wide, { units: [] })).toEqual([]);
  });

  it('are not asked when the answer is known', () => {
    expect(ask(wide, { usualPlacesKnown: true }).map(each => each.ask)).not.toContain('usualPlaces');
    const noHotels = steady(
      places.flatMap(({ kind }, i): [number, number][] =>
        kind === 'park' || kind === 'carPark' ? [[i, 0.06]] : [],
      ),
    );
    const asks = ask(noHotels).map(each => each.ask);
    expect(asks).not.toContain('hotelRegister');
    expect(asks).not.toContain('bankAlert');
  });

  it('gain less the longer the answer takes', () => {
    const gain = (ping: number) =>
      ask(wide, { takesMin: { ping } }).find(each => each.ask === 'ping')?.gainMin ?? 0;
    expect(gain(1)).toBeGreaterThan(gain(15));
    expect(gain(15)).toBeGreaterThanOrEqual(gain(55));
  });

  it('have answers whose likelihoods sum to 1 at every place', () => {
    fc.assert(
      fc.property(presence, belief => {
        const field = fieldOf({ ground, router, presence: belief, units, horizonS: 3600, most: 48 });
        const scene = { ground, field };
        const passing = passingOf(scene, router, places[0]!.position, cameras);
        const asks = [
          pingAsk(scene, antennas, 300),
          pingAsk(scene, [], 300),
          registerAsk(scene, 240),
          bankAsk(scene, 240),
          usualPlacesAsk(scene, 180),
          vehicleAsk(scene, passing),
        ];
        for (const each of asks)
          field.targets.forEach((_, place) => {
            if (!each) return;
            const shares = each.answers.map(answer => answer[place]!);
            expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
            expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
          });
      }),
      { numRuns: 20 },
    );
  });

  it('ask the cameras of one crossing together', () => {
    const position = cameras[0]!.position;
    const camera = (id: string, east: number) => ({
      id,
      name: id,
      position: [position[0] + east, position[1]] as LngLat,
    });
    const field = fieldOf({ ground, router, presence: wide, units, horizonS: 3600, most: 48 });
    const asked = [camera('a', 0), camera('far', 0.01), camera('b', 2e-4)];
    const { crossings } = passingOf({ ground, field }, router, places[0]!.position, asked);
    expect(crossings.map(crossing => crossing.cameraIds)).toEqual([['a', 'b'], ['far']]);
  });

  it('read as a sentence in both languages', () => {
    const question = { ask: 'ping' as const, targetIds: [], gainMin: 2.34, takesMin: 5, intrusion: 2 };
    expect(questionText(question, [], 'zh')).toBe('再次请求手机位置：约 5 分钟有结果，预计提早 2.3 分钟见面');
    const banks = { ...question, ask: 'bankAlert' as const, targetIds: ['a', 'b', 'c', 'd'] };
    expect(questionText(banks, ['A', 'B', 'C', 'D'], 'en')).toBe(
      'Send her photo to 4 bank branches (A, B, C and 1 more): answer in about 5 min, expected to meet her 2.3 min earlier',
    );
  });
});
