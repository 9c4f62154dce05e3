import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../server/address/gazetteer.ts';
import { addressBook } from '../../server/address/book.ts';
import { buildRegion } from '../../server/region/build.ts';
import { extendedGazetteer, gazetteerOf } from '../../server/region/gazetteer.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import { loadLayer } from '../../server/region/layer/index.ts';
import { buildFolder, filesOf, installRegion } from '../../server/region/store.ts';
import { block, importContent, temporaryFolder } from '../region/extracts.ts';
import { handMade } from './county.ts';
import { resolverOf } from './resolver.ts';

const bbox: [number, number, number, number] = [102.6, 24.6, 103.4, 25.4];
const namesWithin = ({ entries }: Gazetteer, name: string) =>
  entries.find(entry => entry.name === name)!.within.map(index => entries[index]!.name);

describe('a gazetteer', () => {
  it('places names into each other, by outline and by the parents that are given', () => {
    expect(namesWithin(handMade, '翠屏路')).toEqual(['云溪县', '鹿鸣镇', '文昌社区']);
    expect(namesWithin(handMade, '三组')).toEqual(['云溪县', '石桥乡', '大箐村']);
    expect(namesWithin(handMade, '悦来宾馆')).toEqual(['云溪县', '茶口镇']);
  });

  it('makes do with the labels of a map, each place in the nearest', () => {
    const label = (kind: 'town' | 'village', name: string, lng: number) =>
      ({ layer: 'labels', class: kind, at: [lng, 25] as [number, number], name, rank: 3 }) as const;
    const poor = gazetteerOf({
      name: '云溪县',
      bbox,
      places: [{ id: 'p', kind: 'bank', name: '江源银行', position: [103.052, 25] }],
      basemap: [
        label('town', '鹿鸣镇', 103),
        label('town', '茶口镇', 103.06),
        label('village', '石村', 103.05),
      ],
    });
    expect(namesWithin(poor, '江源银行')).toEqual(['茶口镇', '石村']);
    expect(namesWithin(poor, '石村')).toEqual(['茶口镇']);
  });

  it('takes up a list of addresses: house numbers join their road, names become entries', () => {
    const listed = extendedGazetteer(
      handMade,
      {
        places: [{ id: 'new', kind: 'bank', name: '新来银行', position: [103.1, 25] }],
        addresses: [
          { name: '鹿鸣镇翠屏路36号', level: 'house', position: [102.991, 25.001] },
          { name: '望云小区', level: 'place', position: [103.1, 25.001] },
        ],
      },
      bbox,
    );
    const resolver = resolverOf(listed);
    const best = (text: string) => resolver.resolve(text, { limit: 1 }).items[0];
    expect(best('翠屏路36号')).toMatchObject({
      level: 'house',
      door: 'known',
      position: { lng: 102.991, lat: 25.001 },
    });
    expect(best('茶口镇望云小区3栋')).toMatchObject({ label: '茶口镇 望云小区' });
    expect(best('新来银行')).toMatchObject({ placeId: 'new' });
    expect(extendedGazetteer(handMade, { places: [] }, bbox)).toBe(handMade);
  });

  it('takes up a place that a table has replaced, once, with the doors that are counted from it', () => {
    const garden = { id: 'p1', kind: 'residence', name: '云岭新城', position: [103.012, 25.004] } as const;
    const places = [{ ...garden, position: [...garden.position] as [number, number] }];
    const listed = extendedGazetteer(handMade, { places }, bbox);
    expect(listed.entries).toHaveLength(handMade.entries.length);
    const resolver = resolverOf(listed);
    const best = (text: string) => resolver.resolve(text, { limit: 1 }).items[0];
    expect(best('云岭新城')).toMatchObject({ placeId: 'p1', position: { lng: 103.012, lat: 25.004 } });
    expect(best('云岭新城3栋')).toMatchObject({ level: 'house', door: 'known' });
    expect(best('云岭花园')?.placeId).not.toBe('p1');
    expect(extendedGazetteer(listed, { places }, bbox)).toBe(listed);
  });
});

const town = {
  id: 20,
  lon: 103.001,
  lat: 25.001,
  tags: { place: 'town', name: '茶口镇', alt_name: '老茶口' },
};
const village = { id: 21, lon: 103.0015, lat: 25.0015, tags: { place: 'village', name: '石村' } };
const houseNode = (id: number, number: string, lon: number) => ({
  id,
  lon,
  lat: 25.0001,
  tags: { 'addr:street': '翠屏路', 'addr:housenumber': number },
});
const content = {
  ...block,
  ways: [{ id: 1, refs: [1, 2, 3, 4, 1], tags: { highway: 'residential', name: '翠屏路' } }],
  nodes: [...block.nodes, town, village, houseNode(30, '2', 103.0001), houseNode(31, '10', 103.0016)],
};

describe('an imported region', () => {
  it('knows its settlements and house numbers', async () => {
    const source = await importContent(content, { name: '云溪县' });
    expect(source.areas).toEqual([
      { id: 'n20', level: 'township', name: '茶口镇', aliases: ['老茶口'], position: [103.001, 25.001] },
      { id: 'n21', level: 'village', name: '石村', position: [103.0015, 25.0015] },
    ]);
    expect(source.houses).toHaveLength(2);
    const resolver = resolverOf(gazetteerOf(source));
    const [found] = resolver.resolve('老茶口翠屏路6号', { limit: 1 }).items;
    expect(found).toMatchObject({ level: 'house', door: 'between' });
    expect(found!.position.lng).toBeCloseTo(103.00085, 4);
  });

  it('is searched as its folder has it: with tables loaded later, and in a poorer way without a gazetteer', async () => {
    const dataDir = await temporaryFolder();
    const dir = await buildFolder(dataDir);
    await buildRegion(await importContent(content, { name: '云溪县' }), dir, {
      createdAt: '2026-11-22T10:00:00Z',
    });
    const region = new RegionInUse(await installRegion(dir, dataDir));
    const book = addressBook(region);
    const label = async (text: string) => (await book.resolve(text, { limit: 1 })).items[0]?.label;
    expect(await label('翠屏路2号')).toBe('茶口镇 石村 翠屏路2号');
    expect(await label('望云小区')).toBeUndefined();
    const list = 'name,lng,lat\n望云小区,103.001,25.001\n翠屏路6号,103.0009,25.0001\n';
    const made = { by: 'cli', createdAt: '2026-11-22T11:00:00Z' };
    const table = { layer: 'addresses', bytes: Buffer.from(list), file: 'list.csv', crs: 'wgs84' } as const;
    const loaded = await loadLayer(table, dataDir, made);
    region.replace(loaded.region);
    expect(loaded.prepared.changes).toEqual({ added: 2, removed: 0, changed: 0 });
    expect(await label('望云小区')).toBe('茶口镇 石村 望云小区');
    expect((await book.resolve('翠屏路6号', { limit: 1 })).items[0]).toMatchObject({ door: 'known' });
    await rm(filesOf(loaded.region).gazetteer);
    const poor = addressBook(region);
    expect((await poor.resolve('望云小区', { limit: 1 })).items[0]?.label).toBe('望云小区');
  });
});
