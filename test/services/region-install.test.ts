import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionReference } from '../../server/region/reference.ts';
import type { InstalledRegion } from '../../server/region/store.ts';
import { installRegionData } from '../../server/services/region/install.ts';
import { searchText } from '../../server/services/region/search-text.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

type LngLat = [number, number];
const square = (west: number, east: number): LngLat[] => [
  [west, 24.7],
  [east, 24.7],
  [east, 24.8],
  [west, 24.8],
];

const reference = (overrides: Partial<RegionReference> = {}): RegionReference => ({
  name: '云溪县',
  // More than two batches.
  places: Array.from({ length: 1201 }, (_, i) => ({
    id: `p${i}`,
    kind: i % 2 ? ('bank' as const) : ('hotel' as const),
    name: i === 7 ? '茶口农商行' : `地点 ${i}`,
    position: [103.3 + (i % 100) / 1000, 24.75] as LngLat,
  })),
  segments: [
    {
      id: 's1.1',
      kind: 'quietRoad',
      name: '山路',
      line: [
        [103.31, 24.75],
        [103.312, 24.75],
      ],
      lengthM: 202,
    },
  ],
  stations: [
    { id: 'st-east', name: '茶口派出所', nameEn: 'Chakou', position: [103.35, 24.75] },
    { id: 'st-new', name: '新所', position: [103.45, 24.75] },
  ],
  // Open rings, and one that crosses itself.
  jurisdictions: [
    { stationId: 'st-east', area: [[square(103.3, 103.4)]], estimated: false },
    {
      stationId: 'st-new',
      area: [
        [
          [
            [103.4, 24.7],
            [103.5, 24.8],
            [103.5, 24.7],
            [103.4, 24.8],
          ],
        ],
      ],
      estimated: true,
    },
  ],
  cellSites: [
    {
      id: 'b1',
      position: [103.3, 24.7],
      sectors: [{ cellId: 'b1-1', azimuthDeg: 0, beamwidthDeg: 120, rangeM: 900 }],
    },
  ],
  cameras: [{ id: 'k1', name: '卡口', position: [103.3, 24.7] }],
  units: [{ callsign: '茶口-1', stationId: 'st-east', kind: 'car', crew: { sworn: 1, auxiliary: 2 } }],
  ...overrides,
});

describeEachDatabase('installing a region', makeDatabase => {
  let app: TestApp;
  let dir: string;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    dir = await mkdtemp(join(tmpdir(), 'jianmian-region-'));
  });
  afterAll(async () => {
    await app.close();
    await rm(dir, { recursive: true });
  });
  const install = async (id: string, content: RegionReference) => {
    await writeFile(join(dir, 'reference.json'), JSON.stringify(content));
    const counts = { places: content.places.length };
    const manifest = {
      id,
      name: content.name,
      fictional: true,
      attribution: 'a',
      bbox: [103, 24, 104, 25],
      counts,
    };
    return installRegionData(app.deps, { dir, manifest } as unknown as InstalledRegion);
  };
  const ask = (path: string) => app.as('leader')('GET', path);

  it('fills the tables, keeps incidents and units valid, logs it once', async () => {
    const { incidentId } = (
      await app.as('leader')('POST', '/api/alerts', alertBody({}, { home: { lng: 103.25, lat: 24.75 } }))
    ).body;
    expect((await ask(`/api/incidents/${incidentId}`)).body.stationId).toBe('st-west');

    expect(await install('r-1', reference())).toEqual({ changed: true });
    expect(await install('r-1', reference())).toEqual({ changed: false });
    const stations = (await ask('/api/stations')).body.items;
    expect(stations.map(({ id }: { id: string }) => id)).toEqual(['st-east', 'st-new']);
    expect(stations[1].jurisdiction).toMatchObject({ estimated: true, area: { type: 'MultiPolygon' } });
    // The western station is gone: its incident stays, without one.
    expect((await ask(`/api/incidents/${incidentId}`)).body).toMatchObject({
      state: 'open',
      stationId: null,
    });
    expect(
      (await app.as('leader')('POST', '/api/alerts', alertBody({}, { phone: '13900000009', home: inEast })))
        .status,
    ).toBe(201);
    expect((await ask('/api/units')).body.items).toMatchObject([
      { callsign: '茶口-1', stationId: 'st-east', state: 'available' },
    ]);
    const { rows } = await app.database.pool.query(
      "select kind from domain_event where actor = 'system:region' order by seq",
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      // What the station that is gone had to do is taken back, and two clocks with it.
      'orderMoved',
      'stationRemoved',
      'regionInstalled',
      'unitCreated',
      'clockStopped',
      'clockStopped',
    ]);
    await app.settled();
    expect(app.deps.live.world().region).toMatchObject({ id: 'r-1' });
  });

  it('the next region replaces the reference data, and adds no unit twice', async () => {
    await install('r-2', reference({ name: '二县', places: [], cameras: [] }));
    expect((await ask('/api/places?kind=bank,hotel')).body.items).toEqual([]);
    expect((await ask('/api/cameras')).body.items).toEqual([]);
    expect((await ask('/api/cell-sites')).body.items).toHaveLength(1);
    expect((await ask('/api/units')).body.items).toHaveLength(1);
    const { rows } = await app.database.pool.query('select id from region where current');
    expect(rows).toEqual([{ id: 'r-2' }]);
  });

  it('a station that is gone leaves units and incidents without one, in the tables and in the world', async () => {
    const { incidentId } = (
      await app.as('leader')('POST', '/api/alerts', alertBody({}, { phone: '13900000010', home: inEast }))
    ).body;
    await app.settled();
    const [unit] = (await ask('/api/units')).body.items;
    expect(app.deps.live.world().units[unit.id]).toMatchObject({ stationId: 'st-east' });
    await install(
      'r-3',
      reference({ stations: [{ id: 'st-new', name: '新所', position: [103.45, 24.75] }], jurisdictions: [] }),
    );
    await app.settled();
    const world = app.deps.live.world();
    expect(world.units[unit.id]).toMatchObject({ callsign: '茶口-1', stationId: null });
    expect(world.incidents[incidentId]).toMatchObject({ stationId: null, stationBasis: 'none' });
    expect((await ask('/api/units')).body.items).toMatchObject([{ id: unit.id, stationId: null }]);
    expect((await ask(`/api/incidents/${incidentId}`)).body).toMatchObject({
      stationId: null,
      stationBasis: 'none',
    });
    const { rows } = await app.database.pool.query(
      "select payload->>'stationId' as station from domain_event where kind = 'stationRemoved' order by seq",
    );
    expect(rows.map(({ station }) => station)).toContain('st-east');
    await install('r-2b', reference());
  });

  it('what is the same is not written again; a camera that stays keeps its state', async () => {
    await install('r-5', reference());
    await app.as('operator')('PATCH', '/api/cameras/k1', { working: false });
    const writtenBy = async (table: string) => {
      const { rows } = await app.database.maintain(tx =>
        tx.execute(`select distinct xmin::text from ${table}`),
      );
      return rows;
    };
    const before = await writtenBy('place');
    const cameras = [
      { id: 'k1', name: '卡口新名', position: [103.31, 24.7] as LngLat },
      { id: 'k2', name: '二号', position: [103.32, 24.7] as LngLat, working: false },
    ];
    await install('r-6', reference({ cameras }));
    expect(await writtenBy('place')).toEqual(before);
    expect((await ask('/api/cameras')).body.items).toMatchObject([
      { id: 'k1', name: '卡口新名', working: false },
      { id: 'k2', working: false },
    ]);
    await app.settled();
    expect(Object.keys(app.deps.live.world().downCameras).sort()).toEqual(['k1', 'k2']);
    await install('r-7', reference({ cameras: cameras.map(each => ({ ...each, working: true })) }));
    await app.settled();
    expect(app.deps.live.world().downCameras).toEqual({});
  });

  it('a broken one changes nothing', async () => {
    const broken = reference({
      stations: [],
      jurisdictions: [{ stationId: 'nobody', area: [[square(1, 2)]], estimated: false }],
    });
    await expect(install('r-3', broken)).rejects.toThrow();
    expect((await ask('/api/stations')).body.items).toHaveLength(2);
  });

  it('places are found by area, kind, name, pinyin and initials, page by page', async () => {
    await install('r-4', reference());
    const found = async (query: string) =>
      (await ask(`/api/places?${query}`)).body.items.map(({ id }: { id: string }) => id);
    for (const q of ['茶口', '农商行', 'chakou', 'CHA KOU', 'cknsx', 'cknsh']) {
      const hit = await found(`q=${encodeURIComponent(q)}`);
      if (q.startsWith('cknsx')) expect(hit).toEqual([]);
      else expect(hit, q).toContain('p7');
    }
    expect(await found('q=%25')).toEqual([]);
    expect(await found('kind=quietRoad')).toEqual(['s1.1']);
    expect(await found('bbox=103.3105,24.7499,103.3115,24.7501&kind=quietRoad')).toEqual(['s1.1']);
    expect(await found('bbox=103.2,24.7,103.25,24.8')).toEqual([]);
    const all: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await ask(`/api/places?limit=500${cursor && `&cursor=${cursor}`}`);
      all.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(all).toHaveLength(1202);
    expect(new Set(all).size).toBe(1202);
    expect((await ask('/api/places?kind=castle')).status).toBe(400);
    expect((await ask('/api/places?bbox=1,2,3')).status).toBe(400);
    expect((await ask('/api/segments?bbox=103.3,24.7,103.4,24.8')).body.items).toMatchObject([
      {
        id: 's1.1',
        line: {
          type: 'LineString',
          coordinates: [
            [103.31, 24.75],
            [103.312, 24.75],
          ],
        },
      },
    ]);
  });
});

describe('search text', () => {
  it.each([
    ['茶口派出所', 'Chakou', '茶口派出所 chakou chakoupaichusuo ckpcs'],
    ['绿水银行', undefined, '绿水银行 lvshuiyinhang lsyh'],
    ['KFC', undefined, 'kfc k'],
    ['', undefined, ''],
  ])('%s', (name, nameEn, expected) => expect(searchText(name, nameEn)).toBe(expected));
});
