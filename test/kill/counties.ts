import type { RegionReference } from '../../server/region/reference.ts';

type LngLat = [number, number];
const places = 1500;
const square = (west: number): LngLat[] => [
  [west, 24.7],
  [west + 0.1, 24.7],
  [west + 0.1, 24.8],
  [west, 24.8],
];

/** Two counties that share no id: 甲县 for even turns, 乙县 for odd ones. Each turn is a version of its own. */
export function countiesByTurns(turn: number, nowMs: number) {
  const [letter, name] = turn % 2 === 0 ? (['a', '甲县'] as const) : (['b', '乙县'] as const);
  const number = (index: number) => `${letter}${index}`;
  const many = <T>(count: number, make: (id: string, index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(number(index), index));
  const reference: RegionReference = {
    name,
    places: many(places, (id, i) => ({
      id,
      kind: 'bank',
      name: `${name} ${i}`,
      position: [103.3 + i / 1e5, 24.75],
    })),
    segments: many(20, id => ({
      id,
      kind: 'quietRoad',
      name: '山路',
      line: [
        [103.31, 24.75],
        [103.312, 24.75],
      ],
      lengthM: 202,
    })),
    stations: many(3, (id, i) => ({ id, name: `${name}${i}所`, position: [103.35 + i / 10, 24.75] })),
    jurisdictions: many(3, (stationId, i) => ({
      stationId,
      area: [[square(103.3 + i / 10)]],
      estimated: false,
    })),
    cellSites: many(40, id => ({
      id,
      position: [103.3, 24.7],
      sectors: [{ cellId: `${id}-1`, azimuthDeg: 0, beamwidthDeg: 120, rangeM: 900 }],
    })),
    cameras: many(40, id => ({ id, name: '卡口', position: [103.3, 24.7] })),
    units: [],
  };
  const manifest = {
    id: `${letter}-${nowMs}-${turn}`,
    name,
    fictional: true,
    attribution: 'a',
    bbox: [103, 24, 104, 25],
    counts: { places },
  };
  return { manifest, reference };
}

/** How many rows each table holds of a county that is in whole. */
export const wholeCounty = {
  place: places,
  segment: 20,
  station: 3,
  jurisdiction: 3,
  cell_site: 40,
  cell_sector: 40,
  camera: 40,
};
