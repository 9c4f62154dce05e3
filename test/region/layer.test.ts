import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import gcoord from 'gcoord';
import { describe, expect, it } from 'vitest';
import type { Crs } from '../../server/contract/common.ts';
import { buildRegion } from '../../server/region/build.ts';
import type { LayerName } from '../../server/contract/layer-columns.ts';
import { loadLayer } from '../../server/region/layer/index.ts';
import { readTable } from '../../server/region/layer/table.ts';
import type { RegionReference } from '../../server/region/reference.ts';
import { buildFolder, currentRegion, installRegion } from '../../server/region/store.ts';
import { readReference } from '../../server/region/versions.ts';
import { block, importContent, temporaryFolder } from './extracts.ts';

const police = { id: 20, lon: 103.001, lat: 25.001, tags: { amenity: 'police', name: '茶口派出所' } };

async function installed(): Promise<string> {
  const dataDir = await temporaryFolder();
  const dir = await buildFolder(dataDir);
  await buildRegion(
    await importContent({ ...block, nodes: [...block.nodes, police] }, { name: '云溪县' }),
    dir,
    {
      createdAt: '2026-11-22T10:00:00Z',
    },
  );
  await installRegion(dir, dataDir);
  return dataDir;
}

async function load(
  dataDir: string,
  layer: LayerName,
  content: string | Uint8Array,
  crs: Crs = 'wgs84',
): Promise<RegionReference> {
  return (await loadTable(dataDir, layer, content, crs)).reference;
}

async function loadTable(
  dataDir: string,
  layer: LayerName,
  content: string | Uint8Array,
  crs: Crs = 'wgs84',
) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const made = { by: 'cli', createdAt: '2026-11-22T11:00:00Z' };
  const { region, prepared } = await loadLayer({ layer, bytes, file: 'table', crs }, dataDir, made);
  const reference = await readReference(region);
  expect(reference).toEqual(prepared.reference);
  return { reference, prepared };
}

describe('tables', () => {
  it('any cells come back, however they must be quoted', () => {
    const cell = fc.string({ maxLength: 12 }).map(text => text.replaceAll('\r', '').trim());
    const quote = (text: string) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, sign) => {
          const kept = rows.filter(row => row.some(text => text !== ''));
          fc.pre(kept.length > 0);
          const csv = [['a', 'b'], ...rows].map(row => row.map(quote).join(sign)).join('\r\n');
          expect(readTable(Buffer.from(csv), 'f').map(row => row.cells)).toEqual(
            kept.map(([a, b]) => ({ a, b })),
          );
        },
      ),
    );
  });

  it('UTF-8 with a byte order mark and GBK read the same', () => {
    const gbk = Buffer.from('c3fbb3c62cbebb0dc7c5cfc20a', 'hex'); // first cells only: '名称,…'
    const text = '名称\n茶口\n';
    expect(readTable(Buffer.from(`\ufeff${text}`), 'f')[0]!.cells).toEqual({ 名称: '茶口' });
    expect(readTable(Buffer.from('c3fbb3c60ab2e8bfda0a', 'hex'), 'f')[0]!.cells).toEqual({ 名称: '茶口' });
    expect(Object.keys(readTable(Buffer.concat([gbk, Buffer.from('1,2\n')]), 'f')[0]!.cells)[0]).toBe('名称');
  });

  it.each([
    ['', /no rows/],
    ['id,name\n', /no rows/],
    ['{"type":"Feature"}', /FeatureCollection/],
    ['{broken', /not valid JSON/],
  ])('%j is refused', (text, says) => {
    expect(() => readTable(Buffer.from(text), 'f')).toThrow(says);
  });
});

describe('layers', () => {
  it('cells: sectors of one site together, an antenna without direction to all sides', async () => {
    const csv =
      '基站,小区,经度,纬度,方位角,波束宽度,覆盖半径\nB1,C1,103.0,25.0,0,65,800\nB1,C2,103.0,25.0,120,,800\nB2,C3,103.01,25.01,,,300\n';
    const { cellSites } = await load(await installed(), 'cells', csv);
    expect(cellSites).toEqual([
      {
        id: 'B1',
        position: [103, 25],
        sectors: [
          { cellId: 'C1', azimuthDeg: 0, beamwidthDeg: 65, rangeM: 800 },
          { cellId: 'C2', azimuthDeg: 120, beamwidthDeg: 120, rangeM: 800 },
        ],
      },
      {
        id: 'B2',
        position: [103.01, 25.01],
        sectors: [{ cellId: 'C3', azimuthDeg: 0, beamwidthDeg: 360, rangeM: 300 }],
      },
    ]);
  });

  it('units: by the name of their station, kinds in Chinese', async () => {
    const { units } = await load(
      await installed(),
      'units',
      '呼号,派出所,类型,民警,辅警\n茶口-2,茶口派出所,警车,1,2\n茶口-3,n20,foot,,3\n',
    );
    expect(units).toEqual([
      { callsign: '茶口-2', stationId: 'n20', kind: 'car', crew: { sworn: 1, auxiliary: 2 } },
      { callsign: '茶口-3', stationId: 'n20', kind: 'foot', crew: { sworn: 0, auxiliary: 3 } },
    ]);
  });

  it.each(['gcj02', 'bd09'] as const)('positions in %s become WGS-84', async crs => {
    const system = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 }[crs];
    const [lng, lat] = gcoord.transform([103.0012, 25.0008], gcoord.WGS84, system) as [number, number];
    const { cameras } = await load(
      await installed(),
      'cameras',
      `id,name,lng,lat,heading\nK1,东门,${lng},${lat},90\n`,
      crs,
    );
    expect(cameras).toHaveLength(1);
    expect(cameras[0]!.position[0]).toBeCloseTo(103.0012, 5);
    expect(cameras[0]!.position[1]).toBeCloseTo(25.0008, 5);
    expect(cameras[0]!.headingDeg).toBe(90);
  });

  it('jurisdictions from GeoJSON take the place of estimates; stations keep the known ones', async () => {
    const dataDir = await installed();
    const ring = [
      [102.9, 24.9],
      [103.1, 24.9],
      [103.1, 25.1],
      [102.9, 25.1],
      [102.9, 24.9],
    ];
    const feature = {
      type: 'Feature',
      properties: { station: '茶口派出所' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    const areas = await load(
      dataDir,
      'jurisdictions',
      JSON.stringify({ type: 'FeatureCollection', features: [feature] }),
    );
    expect(areas.jurisdictions).toEqual([{ stationId: 'n20', area: [[ring]], estimated: false }]);
    const stations = await load(
      dataDir,
      'stations',
      'id,name,lng,lat\nn20,茶口派出所,103.0011,25.001\nS2,鹿鸣派出所,103.002,25.002\n',
    );
    expect(stations.stations.map(station => station.id)).toEqual(['n20', 'S2']);
    expect(stations.jurisdictions).toEqual(areas.jurisdictions);
  });

  it('places are added, and replaced where the id is known', async () => {
    const { places } = await load(
      await installed(),
      'places',
      'id,类型,名称,经度,纬度,地址\nY1,银行网点,云溪农商行,103.001,25.0005,翠屏路18号\nn20,派出所,茶口所,103.0,25.0,\n',
    );
    expect(places).toEqual([
      { id: 'Y1', kind: 'bank', name: '云溪农商行', position: [103.001, 25.0005], address: '翠屏路18号' },
      { id: 'n20', kind: 'police', name: '茶口所', position: [103, 25] },
    ]);
  });

  it('a new region is installed with new counts; the old one stays beside it', async () => {
    const dataDir = await installed();
    const before = await currentRegion(dataDir);
    await load(dataDir, 'cameras', 'id,name,lng,lat\nK1,东门,103,25\n');
    const after = await currentRegion(dataDir);
    expect(after!.manifest.id).not.toBe(before!.manifest.id);
    expect(after!.manifest.counts).toEqual({ ...before!.manifest.counts, cameras: 1 });
    expect(await readFile(join(after!.dir, 'road.bin'))).toEqual(
      await readFile(join(before!.dir, 'road.bin')),
    );
  });

  it.each<[LayerName, string, RegExp]>([
    [
      'cameras',
      'id,name,lng,lat\nK1,东门,25,10\n',
      /row 2: position 25, 10 lies far outside.*expected lng, lat/,
    ],
    [
      'cameras',
      'id,name,lng,lat\nK1,东门,203,25\n',
      /row 2: lng is '203'; expected a number from -180 to 180/,
    ],
    ['cameras', 'id,name\nK1,东门\n', /row 2: no lng; expected a column/],
    ['cameras', 'id,name,lng,lat\nK1,东门,103,25\nK1,西门,103,25\n', /'K1' comes twice/],
    ['cells', 'cell,lng,lat,range\nC1,103,25,far\n', /rangeM is 'far'/],
    ['units', 'callsign,station,kind\nA-1,无名所,car\n', /no station '无名所'/],
    ['units', 'callsign,station,kind\nA-1,n20,tank\n', /kind is 'tank'; expected car, motorcycle, foot/],
    ['places', 'id,kind,name,lng,lat\nP1,industrialRoad,x,103,25\n', /kind is 'industrialRoad'/],
    ['jurisdictions', 'station\nn20\n', /expected a GeoJSON Polygon/],
  ])('%s: %j is refused with its row, and nothing changes', async (layer, csv, says) => {
    const dataDir = await installed();
    const before = await currentRegion(dataDir);
    await expect(load(dataDir, layer, csv)).rejects.toThrow(says);
    expect(await currentRegion(dataDir)).toEqual(before);
  });

  it('a camera’s state, where the table says one', async () => {
    const { cameras } = await load(
      await installed(),
      'cameras',
      '编号,名称,经度,纬度,状态\nK1,东门,103,25,正常\nK2,西门,103,25,故障\nK3,南门,103,25,\n',
    );
    expect(cameras.map(({ working }) => working)).toEqual([true, false, undefined]);
  });

  it('tells what is new, gone, other and as it was', async () => {
    const dataDir = await installed();
    await load(
      dataDir,
      'cameras',
      'id,name,lng,lat\nK1,东门,103,25\nK2,西门,103.001,25\nK3,南门,103.001,25\n',
    );
    const { prepared } = await loadTable(
      dataDir,
      'cameras',
      'id,name,lng,lat\nK1,东门,103,25\nK3,南门,103.0011,25\nK4,北门,103,25\n',
    );
    expect(prepared.changes).toEqual({ added: 1, removed: 1, changed: 1 });
    expect(
      Object.fromEntries(prepared.features.map(({ properties }) => [properties.id, properties.change])),
    ).toEqual({
      K1: 'same',
      K2: 'removed',
      K3: 'changed',
      K4: 'added',
    });
    expect(prepared.features.at(-1)!.properties.change).toBe('same');
  });

  it('stations that are gone take their units along; without given areas all are estimated', async () => {
    const dataDir = await installed();
    await load(dataDir, 'units', 'callsign,station,kind\n茶口-1,n20,car\n');
    const { reference, prepared } = await loadTable(
      dataDir,
      'stations',
      'id,name,lng,lat\nS2,鹿鸣所,103.001,25.001\n',
    );
    expect(reference.units).toEqual([]);
    expect(reference.jurisdictions).toEqual([expect.objectContaining({ stationId: 'S2', estimated: true })]);
    expect(prepared.warnings).toEqual([
      { code: 'unitsDropped', callsigns: ['茶口-1'] },
      { code: 'areasEstimated' },
    ]);
  });

  it('columns that nothing is known of are named and left out', async () => {
    const { prepared } = await loadTable(
      await installed(),
      'cameras',
      'ID,Name,LNG,lat,厂家,rangeM\nK1,东门,103,25,海康,3\n',
    );
    expect(prepared.warnings).toEqual([{ code: 'unknownColumns', columns: ['厂家', 'rangeM'] }]);
  });

  it.each(['gcj02', 'bd09'] as const)('says that positions are rather %s', async crs => {
    const system = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 }[crs];
    const rows = Array.from({ length: 12 }, (_, i) => {
      const [lng, lat] = gcoord.transform([103 + 0.00015 * i, 25], gcoord.WGS84, system) as [number, number];
      return `K${i},卡口,${lng},${lat}`;
    });
    const csv = `id,name,lng,lat\n${rows.join('\n')}\n`;
    const { prepared } = await loadTable(await installed(), 'cameras', csv);
    expect(prepared.warnings).toEqual([
      { code: 'otherCrs', crs, medianM: expect.any(Number) as number, betterM: expect.any(Number) as number },
    ]);
    expect((await loadTable(await installed(), 'cameras', csv, crs)).prepared.warnings).toEqual([]);
  });

  it('without a region there is nothing to load into', async () => {
    await expect(load(await temporaryFolder(), 'cameras', 'id\n1\n')).rejects.toMatchObject({
      code: 'notInstalled',
    });
  });
});
