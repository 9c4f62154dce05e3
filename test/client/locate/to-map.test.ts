import { describe, expect, it } from 'vitest';
import type { PlanView, PosteriorView } from '../../../client/api/locate.ts';
import { believedExtent, receivedBy, toMapPlan, toMapPosterior } from '../../../client/desk/locate/to-map.ts';

const area = (lng: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [
    [
      [
        [lng, 24],
        [lng + 0.1, 24],
        [lng, 24.1],
        [lng, 24],
      ],
    ],
  ],
});
const posterior = {
  regions: { p50: area(103), p80: area(103.1), p90: area(103), p95: area(103) },
  cells: { lng: [], lat: [], p: [] },
  places: [
    {
      placeId: 'p1',
      kind: 'industrialRoad',
      name: '园区南路',
      nameEn: 'Park South Road',
      position: { lng: 103, lat: 24 },
      path: [
        [103, 24],
        [103.01, 24],
      ],
      poa: 0.5,
      poaSoon: 0.5,
      why: [],
      searched: [
        { at: '2026-11-22T01:41:00.000Z', method: 'driveBy', pod: 0.8 },
        { at: '2026-11-22T01:20:00.000Z', method: 'driveBy', pod: 0.4 },
      ],
    },
  ],
} as unknown as PosteriorView;

describe('a belief on the map', () => {
  it('has 50, 80 and 95 % outlines, names in the language, and the last look at each place', () => {
    const zh = toMapPosterior(posterior, 'zh');
    expect(zh.regions.map(({ share }) => share)).toEqual([0.5, 0.8, 0.95]);
    expect(zh.places[0]).toMatchObject({
      name: '园区南路',
      position: [103, 24],
      searched: { at: Date.parse('2026-11-22T01:41:00Z'), pod: 0.8 },
    });
    expect(toMapPosterior(posterior, 'en').places[0]?.name).toBe('Park South Road');
  });

  it('is seen whole where she is in eight of ten cases', () => {
    expect(believedExtent(posterior)).toEqual([
      [103.1, 24],
      [103.1 + 0.1, 24.1],
    ]);
    const empty = { ...posterior.regions, p80: { type: 'MultiPolygon' as const, coordinates: [] } };
    expect(believedExtent({ regions: empty })).toEqual([]);
  });

  it('looked back at shows the sightings that the centre had by then', () => {
    const sighting = (id: string) => ({
      id,
      number: 1,
      observedAt: 0,
      kind: 'fix' as const,
      position: [103, 24] as [number, number],
      accuracyM: 5,
    });
    const known = Object.fromEntries(
      ['01:00', '01:30'].map((time, i) => [`s${i}`, { receivedAt: `2026-11-22T${time}:00.000Z` }]),
    ) as never;
    const then = receivedBy(
      '2026-11-22T01:10:00.000Z',
      [sighting('s0'), sighting('s1'), sighting('new')],
      known,
    );
    expect(then.map(({ id }) => id)).toEqual(['s0']);
  });
});

describe('a plan on the map', () => {
  it('numbers stops by their order and marks the unit that is looked at', () => {
    const plan = {
      routes: [
        {
          unitId: 'u1',
          path: [
            [103, 24],
            [103.1, 24],
          ],
          tasks: ['01:41', '01:50'].map(time => ({
            place: { position: { lng: 103.1, lat: 24 } },
            etaAt: { p50: `2026-11-22T${time}:00.000Z` },
          })),
        },
      ],
      intercept: [],
      containment: [
        {
          unitId: 'u2',
          exit: { position: { lng: 1, lat: 2 }, name: null },
          arriveAt: '2026-11-22T01:45:00.000Z',
        },
      ],
    } as unknown as PlanView;
    const map = toMapPlan(plan, { u1: 4 }, id => `茶口-${id}`, 'u1');
    expect(map.routes[0]).toMatchObject({ callsign: '茶口-u1', look: 4, selected: true });
    expect(map.routes[0]?.stops.map(({ order }) => order)).toEqual([1, 2]);
    expect(map.exits[0]).toMatchObject({ callsign: '茶口-u2', position: [1, 2] });
  });
});
