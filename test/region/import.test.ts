import { createOSMStream } from 'osm-pbf-parser-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { bboxContains, polygonContains } from '../../server/region/geo.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { isChinese } from '../../server/region/import/names.ts';
import type { OsmEntity } from '../../server/region/import/osm.ts';
import type { RegionSource } from '../../server/region/source.ts';
import { block, extracts, haveExtracts, importContent } from './extracts.ts';

type ExtractName = keyof typeof extracts;
const names = Object.keys(extracts) as ExtractName[];

/** A second count that shares nothing with the importer: elements that carry a tag. */
async function countTags(path: string, tags: string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = Object.fromEntries(tags.map(tag => [tag, 0]));
  for await (const element of createOSMStream(path) as AsyncIterable<OsmEntity>) {
    for (const [key, value] of Object.entries(element.tags ?? {})) {
      const tag = `${key}=${value}`;
      if (tag in counts) counts[tag]!++;
    }
  }
  return counts;
}

const ofKind = (source: RegionSource, kind: string) => source.places.filter(place => place.kind === kind);

describe.skipIf(!haveExtracts)('real extracts (skipped without ../shared/data)', () => {
  const sources = new Map<ExtractName, RegionSource>();
  const source = (name: ExtractName) => sources.get(name)!;
  beforeAll(async () => {
    for (const name of names) sources.set(name, await importOsm(extracts[name]));
  }, 60_000);

  it.each(names)('%s: roads, places and a basemap that fit together', name => {
    const { roads, places, basemap, bbox, stations } = source(name);
    const sound = roads.ways.filter(
      way =>
        way.nodes.length > 1 &&
        way.speedKmh >= 5 &&
        way.speedKmh <= 130 &&
        way.nodes.every(node => roads.nodes.has(node)),
    );
    expect(sound).toHaveLength(roads.ways.length);
    expect(new Set(places.map(place => place.id)).size).toBe(places.length);
    expect(places.every(place => bboxContains(bbox, place.position))).toBe(true);
    const rings = basemap.flatMap(feature => ('rings' in feature ? feature.rings : []));
    const closed = rings.filter(
      ring => ring.length >= 4 && String(ring[0]) === String(ring[ring.length - 1]),
    );
    expect(closed).toHaveLength(rings.length);
    expect(stations.length).toBeGreaterThan(0);
    expect(stations.every(station => station.name !== '')).toBe(true);
  });

  it.each(names)('%s: no more places than elements, and few fewer', async name => {
    const tagOf = {
      bank: 'amenity=bank',
      atm: 'amenity=atm',
      police: 'amenity=police',
      park: 'leisure=park',
    };
    const counts = await countTags(extracts[name], Object.values(tagOf));
    for (const [kind, tag] of Object.entries(tagOf)) {
      // Parks have a second tag; the rest differ by doubles and by what lies outside the stated box.
      const found = ofKind(source(name), kind).length;
      if (kind !== 'park') expect(found, kind).toBeLessThanOrEqual(counts[tag]!);
      expect(found, kind).toBeGreaterThanOrEqual(Math.floor(counts[tag]! * 0.7));
    }
  });

  it('Andorra: 18 banks, 24 parks, 7 industrial areas, and at least the 2,590 ways of its description', () => {
    const andorra = source('andorra');
    expect(ofKind(andorra, 'bank')).toHaveLength(18);
    expect(Math.abs(ofKind(andorra, 'park').length - 24)).toBeLessThanOrEqual(2);
    const industrial = andorra.basemap.filter(
      feature => feature.layer === 'landuse' && feature.class === 'industrial',
    );
    expect(industrial.length).toBeGreaterThanOrEqual(7);
    expect(andorra.roads.ways.length).toBeGreaterThanOrEqual(2590);
  });

  it('Shenzhen: names in Chinese', () => {
    const shenzhen = source('shenzhen');
    const roadNames = shenzhen.roads.ways.flatMap(way => way.name ?? []);
    expect(roadNames.filter(isChinese).length).toBeGreaterThan(roadNames.length * 0.95);
    expect(shenzhen.stations).toEqual([
      expect.objectContaining({ name: '大运城派出所', nameEn: 'Dayuncheng Police Station' }),
    ]);
    expect(
      shenzhen.basemap.filter(feature => feature.layer === 'labels').every(label => isChinese(label.name)),
    ).toBe(true);
  });

  it.each(['andorra', 'lauf', 'krems'] as const)('%s: holes are kept', name => {
    const withHoles = source(name).basemap.filter(feature => 'rings' in feature && feature.rings.length > 1);
    expect(withHoles.length).toBeGreaterThan(0);
    for (const feature of withHoles) {
      if (!('rings' in feature)) continue;
      const [outer, ...holes] = feature.rings;
      for (const hole of holes) {
        const inside = hole.filter(corner => polygonContains([outer!], corner)).length;
        expect(inside * 2).toBeGreaterThanOrEqual(hole.length - 1);
      }
    }
  });

  it('twice the same file gives twice the same region', async () => {
    expect(await importOsm(extracts.krems)).toEqual(source('krems'));
  });
});

describe('places', () => {
  const corner = (id: number, x: number, y: number) => ({ id, lon: 103 + x / 10_000, lat: 25 + y / 10_000 });
  const yard = [corner(10, 0, 0), corner(11, 4, 0), corner(12, 4, 4), corner(13, 0, 4)];
  const area = (tags: Record<string, string>) => ({
    ...block.ways[0]!,
    id: 50,
    refs: [10, 11, 12, 13, 10],
    tags,
  });
  const point = (id: number, x: number, y: number, tags: Record<string, string>) => ({
    ...corner(id, x, y),
    tags,
  });

  it('a bank in a bank building is one bank, with the name that one of them had', async () => {
    const teller = point(20, 1, 1, {
      amenity: 'bank',
      name: '云溪农商行',
      'addr:street': '翠屏路',
      'addr:housenumber': '18',
    });
    const machine = point(21, 3, 3, { amenity: 'atm' });
    const source = await importContent({
      nodes: [...block.nodes, ...yard, teller, machine],
      ways: [...block.ways, area({ building: 'yes', amenity: 'bank' })],
    });
    expect(source.places).toEqual([
      expect.objectContaining({
        id: 'w50',
        kind: 'bank',
        name: '云溪农商行',
        address: '翠屏路18号',
        areaHa: expect.closeTo(0.18, 1) as number,
      }),
      expect.objectContaining({ id: 'n21', kind: 'atm' }),
    ]);
  });

  it('two banks with names of their own stay two, however near', async () => {
    const nodes = [
      ...block.nodes,
      point(20, 1, 1, { amenity: 'bank', name: '惠民银行' }),
      point(21, 1, 1.2, { amenity: 'bank', name: '江源银行' }),
    ];
    expect((await importContent({ ...block, nodes })).places).toHaveLength(2);
  });

  it.each<[tags: Record<string, string>, kind: string | null]>([
    [{ amenity: 'bank', building: 'office' }, 'bank'],
    [{ tourism: 'motel' }, 'hotel'],
    [{ tourism: 'hostel' }, 'guestHouse'],
    [{ shop: 'department_store' }, 'mall'],
    [{ office: 'company' }, 'office'],
    [{ office: 'no' }, null],
    [{ amenity: 'parking' }, 'carPark'],
    [{ amenity: 'parking', access: 'private' }, null],
    [{ amenity: 'parking', parking: 'street_side' }, null],
    [{ railway: 'station', station: 'subway' }, 'station'],
    [{ aerialway: 'station', railway: 'station' }, null],
    [{ landuse: 'residential', name: '翠苑小区' }, 'residence'],
    [{ landuse: 'residential' }, null],
    [{ building: 'house', name: '陈家' }, null],
    [{ amenity: 'bench' }, null],
  ])('%j is a %s', async (tags, kind) => {
    const { places } = await importContent({ ...block, nodes: [...block.nodes, point(20, 1, 1, tags)] });
    expect(places.map(place => place.kind)).toEqual(kind ? [kind] : []);
  });

  it('police without a name get a number, in the language of the place', async () => {
    const police = [
      point(20, 1, 1, { amenity: 'police' }),
      point(21, 9, 9, { amenity: 'police', name: '茶口派出所' }),
    ];
    const checkpoint = point(22, 15, 15, { amenity: 'police', police: 'checkpoint', name: '检查站' });
    const { stations } = await importContent({ ...block, nodes: [...block.nodes, ...police, checkpoint] });
    expect(stations.map(station => station.name).sort()).toEqual(['派出所 1', '茶口派出所'].sort());
  });
});
