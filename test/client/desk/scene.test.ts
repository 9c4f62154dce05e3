import { describe, expect, it } from 'vitest';
import type { SightingDetail } from '#contract/sighting.ts';
import { emptyLoop } from '#domain/loop/world.ts';
import type { WorldIncident, WorldSighting } from '#domain/world.ts';
import type { Station } from '../../../client/api/reference.ts';
import {
  incidentExtent,
  incidentPosition,
  toMapIncidents,
  toMapNearest,
  toMapSegments,
  toMapSightings,
} from '../../../client/desk/scene.ts';

const station: Station = {
  id: 'st',
  name: '鹿鸣派出所',
  nameEn: null,
  position: { lng: 103.3, lat: 24.8 },
  jurisdiction: null,
};
const base: WorldIncident = {
  id: 'i',
  number: 7,
  risk: 'high',
  scamType: 'loan',
  state: 'open',
  stationId: 'st',
  stationBasis: 'jurisdiction',
  openedAt: '2026-11-22T01:35:00Z',
  closedAt: null,
  outcome: null,
  amount: null,
  alertCount: 1,
  lastAlertAt: '2026-11-22T01:35:00Z',
  members: [],
  authorities: {},
  sightings: {},
  loop: emptyLoop,
};
const home = { lng: 103.31, lat: 24.81 };
const sighting = (
  id: string,
  minute: number,
  detail: SightingDetail | null,
  part: Partial<WorldSighting> = {},
): WorldSighting => {
  const observedAt = `2026-11-22T01:${minute}:00Z`;
  return {
    id,
    kind: detail?.kind ?? 'fix',
    observedAt,
    receivedAt: observedAt,
    withdrawn: false,
    replacedBy: null,
    ...(detail && { view: { id, observedAt, receivedAt: observedAt, source: 's', detail } }),
    ...part,
  };
};

describe('incidents on the map', () => {
  it('stand at the home, else at the station, else nowhere', () => {
    const subject = { nameMasked: '赵**', phoneMasked: '138****0001', home };
    expect(incidentPosition({ ...base, subject }, [station])).toEqual([103.31, 24.81]);
    expect(incidentPosition(base, [station])).toEqual([103.3, 24.8]);
    expect(incidentPosition(base, [])).toBeNull();
    expect(toMapIncidents({ i: base }, [])).toEqual([]);
  });

  it('carry the number of the queue and ask for attention until somebody is on them', () => {
    const incidents = {
      i: base,
      j: { ...base, id: 'j', number: 9, openedAt: '2026-11-22T01:36:00Z', members: ['u'] },
    };
    expect(
      toMapIncidents(incidents, [station]).map(({ number, unacknowledged }) => [number, unacknowledged]),
    ).toEqual([
      [7, true],
      [9, false],
    ]);
  });
});

describe('sightings on the map', () => {
  const fix: SightingDetail = { kind: 'fix', position: { lng: 103.4, lat: 24.9 }, accuracyM: 50 };

  it('show nothing outside an open look', () => {
    const incident = { ...base, sightings: { a: sighting('a', 10, null) } };
    expect(toMapSightings(incident, [])).toEqual([]);
    expect(toMapSightings(undefined, [])).toEqual([]);
  });

  it('keep the numbers of the timeline: in the order of happening, gaps where there is no place', () => {
    const sightings = {
      late: sighting('late', 30, fix),
      nowhere: sighting('nowhere', 20, { kind: 'report', credibility: 0.5 }),
      first: sighting(
        'first',
        10,
        { kind: 'cell', site: { lng: 103.2, lat: 24.7 }, rangeM: 900, cellId: 'c' },
        { withdrawn: true },
      ),
      old: sighting('old', 5, fix, { replacedBy: 'first' }),
    };
    const shown = toMapSightings({ ...base, sightings }, []);
    expect(shown.map(({ id, number, withdrawn }) => [id, number, withdrawn])).toEqual([
      ['first', 1, true],
      ['late', 3, false],
    ]);
    expect(shown[0]).toMatchObject({ kind: 'cell', site: [103.2, 24.7], rangeM: 900 });
    const extent = incidentExtent({ ...base, sightings }, [station], []);
    expect(extent).toEqual(
      expect.arrayContaining([
        [103.3, 24.8],
        [103.2, 24.7],
        [103.4, 24.9],
      ]),
    );
    // Of the antenna also how far it reaches: 900 m are 0.0081° of latitude.
    const lats = extent.filter(([lng]) => lng < 103.25).map(([, lat]) => lat);
    expect(Math.max(...lats) - 24.7).toBeCloseTo(0.0081, 4);
    expect(24.7 - Math.min(...lats)).toBeCloseTo(0.0081, 4);
  });

  it('mark a segment as searched only by a search that stands', () => {
    const segment = {
      id: 'g',
      kind: 'quietRoad' as const,
      name: '',
      lengthM: 9,
      line: { type: 'LineString' as const, coordinates: [[103, 24]] },
    };
    const search: SightingDetail = { kind: 'search', segmentId: 'g', method: 'driveBy', outcome: 'notHere' };
    const state = (withdrawn: boolean) =>
      toMapSegments([segment], { ...base, sightings: { a: sighting('a', 10, search, { withdrawn }) } })[0]
        ?.state;
    expect([state(false), state(true)]).toEqual(['searched', 'open']);
  });
});

describe('nearest units on the map', () => {
  const unit = (unitId: string) => ({
    unitId,
    callsign: unitId,
    state: 'available' as const,
    position: home,
    travelTimeS: 60,
    distanceM: 900,
    etaAt: '2026-11-22T01:40:00Z',
    fixAgeS: 1,
    crew: { sworn: 1, auxiliary: 1 },
    onDuty: true,
    availableUntil: null,
  });
  const nearest = {
    to: [103.3, 24.8] as [number, number],
    items: [unit('a'), unit('b')],
    unavailable: [],
    target: null,
    error: null,
    paths: { b: [[103, 24] as [number, number]] },
    hoveredUnitId: null,
  };

  it('show all with the ways that are known, and only the one that is pointed at', () => {
    expect(toMapNearest(null)).toBeNull();
    expect(toMapNearest(nearest)?.items.map(item => [item.unitId, item.path?.length])).toEqual([
      ['a', undefined],
      ['b', 1],
    ]);
    expect(toMapNearest({ ...nearest, hoveredUnitId: 'b' })?.items.map(({ unitId }) => unitId)).toEqual([
      'b',
    ]);
  });
});
