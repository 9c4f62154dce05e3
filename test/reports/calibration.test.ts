import { destination } from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionShares } from '#contract/calibration.ts';
import { priorKinds } from '#contract/prior.ts';
import { defaultPriors, learn } from '#locate/belief/prior.ts';
import { calibrationBoard, meanOf, type ScoredCase } from '../../server/reports/calibration/board.ts';
import { aroundM, type Judged, scoreOf } from '../../server/reports/calibration/score.ts';

const centre = { lng: 103.35, lat: 24.75 };
const away = (m: number, bearing: number) => {
  const [lng, lat] = destination([centre.lng, centre.lat], m, bearing, { units: 'meters' }).geometry
    .coordinates;
  return { lng: lng!, lat: lat! };
};
const square = (halfDeg: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [
    [
      [
        [centre.lng - halfDeg, centre.lat - halfDeg],
        [centre.lng + halfDeg, centre.lat - halfDeg],
        [centre.lng + halfDeg, centre.lat + halfDeg],
        [centre.lng - halfDeg, centre.lat + halfDeg],
        [centre.lng - halfDeg, centre.lat - halfDeg],
      ],
    ],
  ],
});
const belief = (cells: { m: number; bearing: number; p: number }[], places: typeof cells = []): Judged => {
  const at = cells.map(({ m, bearing }) => away(m, bearing));
  return {
    regions: { p50: square(0.01), p80: square(0.02), p90: square(0.03), p95: square(0.04) },
    cells: { lng: at.map(({ lng }) => lng), lat: at.map(({ lat }) => lat), p: cells.map(({ p }) => p) },
    places: places.map(({ m, bearing, p }, i) => ({
      placeId: `p${i}`,
      kind: 'bank' as const,
      name: '',
      nameEn: null,
      position: away(m, bearing),
      path: null,
      poa: p,
      poaSoon: p,
      why: [],
      searched: [],
    })),
  };
};

describe('the score of a belief', () => {
  const piece = fc.record({
    // Nothing on the rim itself: which side it is on is rounding.
    m: fc.oneof(
      fc.double({ min: 0, max: aroundM - 5, noNaN: true }),
      fc.double({ min: aroundM + 5, max: 5000, noNaN: true }),
    ),
    bearing: fc.double({ min: -180, max: 180, noNaN: true }),
    p: fc.double({ min: 0, max: 0.02, noNaN: true }),
  });
  it('is minus the logarithm of what lies around the place, whether in cells or at places (property)', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(piece, { maxLength: 20 }), (cells, places) => {
        const near = [...cells, ...places].filter(({ m }) => m < aroundM).reduce((sum, { p }) => sum + p, 0);
        const { bits } = scoreOf(belief(cells, places), centre);
        expect(bits).toBeCloseTo(near > 2 ** -20 ? -Math.log2(near) : 20, 6);
      }),
    );
  });

  it('says in which regions the place lies', () => {
    const inside = (deg: number) => {
      const { bits: _, ...said } = scoreOf(belief([]), { lng: centre.lng + deg, lat: centre.lat });
      return Object.values(said);
    };
    expect(inside(0)).toEqual([true, true, true, true]);
    expect(inside(0.015)).toEqual([false, true, true, true]);
    expect(inside(0.035)).toEqual([false, false, false, true]);
    expect(inside(0.05)).toEqual([false, false, false, false]);
    const none = {
      ...belief([]),
      regions: { ...belief([]).regions, p50: { type: 'MultiPolygon' as const, coordinates: [] } },
    };
    expect(scoreOf(none, centre)).toMatchObject({ inside50: false, inside80: true });
  });
});

describe('the board', () => {
  const caseOf = (u: number, month = '2026-11', moment: ScoredCase['moment'] = 'found'): ScoredCase => ({
    moment,
    month,
    inside50: u < 0.5,
    inside80: u < 0.8,
    inside90: u < 0.9,
    inside95: u < 0.95,
    bits: 1,
  });

  it('holds well calibrated beliefs for such: its intervals cover the shares nearly always', () => {
    // A belief is calibrated when the smallest region that holds the truth has a uniform share.
    let covered = 0;
    let asked = 0;
    let seed = 12_345;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return seed / 0x80000000;
    };
    for (let round = 0; round < 200; round++) {
      const cases = Array.from({ length: 60 }, () => caseOf(random()));
      const { regions } = calibrationBoard(cases, [], defaultPriors());
      for (const { moment, share, rate } of regions) {
        if (moment !== 'found') continue;
        asked++;
        if (rate.lo! <= share / 100 && share / 100 <= rate.hi!) covered++;
      }
    }
    expect(asked).toBe(800);
    expect(covered / asked).toBeGreaterThan(0.91);
    expect(covered / asked).toBeLessThan(0.99);
  });

  it('counts each moment by itself, and says of what there is nothing of', () => {
    const cases = [caseOf(0.4), caseOf(0.85, '2026-10'), caseOf(0.99, '2026-11', 'at10')];
    const board = calibrationBoard(cases, [{ kind: 'cell', bits: 3 }], defaultPriors());
    expect(board.cases).toBe(2);
    const insideOf = (moment: string) =>
      board.regions.filter(row => row.moment === moment).map(({ inside, rate }) => [inside, rate.of]);
    expect(insideOf('found')).toEqual([
      [1, 2],
      [1, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(insideOf('at10')).toEqual(regionShares.map(() => [0, 1]));
    expect(insideOf('at20')).toEqual(regionShares.map(() => [0, 0]));
    expect(board.months.map(({ month, bits }) => [month, bits.of])).toEqual([
      ['2026-11', 1],
      ['2026-10', 1],
    ]);
    expect(board.evidence).toEqual([{ kind: 'cell', bits: { value: 3, lo: null, hi: null, of: 1 } }]);
    expect(board.drift).toEqual([]);
  });

  it('its mean lies within its interval, which shrinks with the cases (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 20, noNaN: true }), { minLength: 5, maxLength: 40 }),
        bits => {
          const once = meanOf(bits);
          const fourTimes = meanOf([...bits, ...bits, ...bits, ...bits]);
          expect(once.value).toBeCloseTo(bits.reduce((sum, each) => sum + each, 0) / bits.length, 9);
          expect(once.lo!).toBeLessThanOrEqual(once.value! + 1e-9);
          expect(once.hi!).toBeGreaterThanOrEqual(once.value! - 1e-9);
          expect(fourTimes.hi! - fourTimes.lo!).toBeLessThanOrEqual(once.hi! - once.lo! + 1e-9);
        },
      ),
    );
  });

  it('tells how far what was found is from what is expected: nothing when it is the same (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind: fc.constantFrom(...priorKinds), hour: fc.nat(23) }), {
          minLength: 1,
          maxLength: 30,
        }),
        finds => {
          const priors = finds.reduce(
            (before, find) => learn(before, { scamType: 'fakePolice', ...find }),
            defaultPriors(),
          );
          const [row, ...others] = calibrationBoard([], [], priors).drift;
          expect(others).toEqual([]);
          const shares = priors.fakePolice.weights;
          const brute =
            priorKinds.reduce(
              (sum, kind) =>
                sum + Math.abs(finds.filter(find => find.kind === kind).length / finds.length - shares[kind]),
              0,
            ) / 2;
          expect(row!.of).toBe(finds.length);
          expect(row!.distance).toBeCloseTo(brute, 9);
          expect(row!.kinds.reduce((sum, { found }) => sum + found, 0)).toBe(finds.length);
          const same = { ...priors.fakePolice };
          same.weights = Object.fromEntries(
            priorKinds.map(kind => [kind, finds.filter(find => find.kind === kind).length / finds.length]),
          ) as typeof same.weights;
          expect(calibrationBoard([], [], { ...priors, fakePolice: same }).drift[0]!.distance).toBeCloseTo(
            0,
            9,
          );
        },
      ),
    );
  });
});
