import { beforeAll, describe, expect, it } from 'vitest';
import { polygonContains } from '../../server/region/geo.ts';
import { lineLengthM } from '../../server/road/geo.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { cutSegments, type SegmentSeed } from '../../server/region/segments.ts';
import type { LngLat, RegionSource } from '../../server/region/source.ts';
import { extracts, haveExtracts, importContent } from './extracts.ts';

const node = (id: number, xM: number, yM: number) => ({
  id,
  lon: 103 + xM / 100_778,
  lat: 25 + yM / 111_195,
});
const zone = [node(90, -50, -50), node(91, 1300, -50), node(92, 1300, 50), node(93, -50, 50)];
const industry = { id: 900, refs: [90, 91, 92, 93, 90], tags: { landuse: 'industrial', name: '云溪工业园' } };
const street = (id: number, refs: number[], tags: Record<string, string>) => ({
  id,
  refs,
  tags: { highway: 'service', ...tags },
});

describe('segments', () => {
  it('a long named road in the works is cut into equal parts, numbered from the west', async () => {
    const road = [node(1, 0, 0), node(2, 1250, 0)];
    const way = street(7, [2, 1], {
      highway: 'unclassified',
      name: '园区南路',
      'name:en': 'Park South Road',
      surface: 'gravel',
    });
    const segments = cutSegments(await importContent({ nodes: [...road, ...zone], ways: [way, industry] }));
    expect(segments.map(segment => segment.kind)).toEqual(Array(3).fill('industrialRoad'));
    expect(segments.map(segment => segment.id)).toEqual(['s7.1', 's7.2', 's7.3']);
    // The way runs from east to west; the names do not care.
    expect(segments.map(segment => segment.name)).toEqual(['园区南路 3段', '园区南路 2段', '园区南路 1段']);
    expect(segments[0]!.nameEn).toBe('Park South Road, section 3');
    for (const { lengthM } of segments) expect(lengthM).toBeCloseTo(1250 / 3, -1);
    expect(segments[1]!.line[0]).toEqual(segments[0]!.line[segments[0]!.line.length - 1]);
  });

  it('short pieces between junctions are joined up to 500 m, and cut at a junction', async () => {
    const road = [0, 200, 400, 600, 800].map((x, i) => node(1 + i, x, 0));
    const sides = [200, 400, 600].map((x, i) => node(20 + i, x, 35));
    const ways = [
      street(7, [1, 2, 3, 4, 5], {}),
      street(8, [2, 20], {}),
      street(9, [3, 21], {}),
      street(10, [4, 22], {}),
      industry,
    ];
    const segments = cutSegments(await importContent({ nodes: [...road, ...sides, ...zone], ways }));
    const main = segments.filter(segment => segment.id.startsWith('s7.'));
    expect(main.map(segment => Math.round(segment.lengthM / 10) * 10)).toEqual([400, 400]);
    expect(segments.filter(segment => !segment.id.startsWith('s7.'))).toEqual([]); // 35 m is seen from the junction
  });

  it('tracks and lonely dead ends are quiet; a street with houses, a bridge and a through road are not', async () => {
    const cross = [node(1, 0, 0), node(2, 1000, 0), node(3, 0, 300), node(4, 1000, 300)];
    const houses = Array.from({ length: 12 }, (_, i) => [
      node(100 + i * 4, 960 + i * 7, 150),
      node(101 + i * 4, 963 + i * 7, 150),
      node(102 + i * 4, 963 + i * 7, 155),
      node(103 + i * 4, 960 + i * 7, 155),
    ]);
    const footprints = houses.map((corners, i) => ({
      id: 200 + i,
      refs: [...corners, corners[0]!].map(corner => corner.id),
      tags: { building: 'yes' },
    }));
    const ways = [
      street(7, [1, 2], { highway: 'tertiary' }),
      street(8, [1, 3], { highway: 'unclassified' }),
      street(9, [2, 4], { highway: 'residential' }),
    ];
    const source = await importContent({
      nodes: [...cross, ...houses.flat()],
      ways: [...ways, ...footprints],
    });
    expect(cutSegments(source).map(segment => [segment.id, segment.kind])).toEqual([['s8.1', 'quietRoad']]);
    const track = await importContent({
      nodes: [...cross, ...houses.flat()],
      ways: [ways[0]!, street(9, [2, 4], { highway: 'track' })],
    });
    expect(cutSegments(track).map(segment => segment.id)).toEqual(['s9.1']);
  });

  it('without a name of its own it is called after what is near', async () => {
    const nodes = [
      node(1, 0, 0),
      node(2, 300, 0),
      { ...node(50, 400, 400), tags: { place: 'village', name: '茶口村' } },
    ];
    const source = await importContent(
      { nodes, ways: [street(7, [1, 2], { highway: 'track' })] },
      { name: '云溪县' },
    );
    expect(cutSegments(source)[0]).toMatchObject({ name: '茶口村附近小路', nameEn: 'near 茶口村' });
  });
});

describe.skipIf(!haveExtracts)('segments of real extracts (skipped without ../shared/data)', () => {
  const names = Object.keys(extracts) as (keyof typeof extracts)[];
  const found = new Map<string, { source: RegionSource; segments: SegmentSeed[] }>();
  beforeAll(async () => {
    for (const name of names) {
      const source = await importOsm(extracts[name]);
      found.set(name, { source, segments: cutSegments(source) });
    }
  }, 60_000);

  it.each(names)('%s: at most 500 m each, on their roads, once', name => {
    const { source, segments } = found.get(name)!;
    expect(segments.length).toBeGreaterThan(10);
    expect(new Set(segments.map(segment => segment.id)).size).toBe(segments.length);
    const lengthOfWay = new Map<number, number>();
    for (const { id, nodes } of source.roads.ways) {
      const lengthM = lineLengthM(nodes.map(ref => source.roads.nodes.get(ref)!));
      lengthOfWay.set(id, (lengthOfWay.get(id) ?? 0) + lengthM);
    }
    const cutOfWay = new Map<number, number>();
    for (const { id, line, lengthM, name: label } of segments) {
      expect(lengthM).toBeLessThanOrEqual(500);
      expect(lengthM).toBeGreaterThanOrEqual(20);
      expect(Math.abs(lineLengthM(line) - lengthM)).toBeLessThanOrEqual(1);
      expect(label).not.toBe('');
      const wayId = Number(id.slice(1).split('.')[0]);
      cutOfWay.set(wayId, (cutOfWay.get(wayId) ?? 0) + lengthM);
    }
    // No stretch of a way is searched twice.
    for (const [wayId, lengthM] of cutOfWay) expect(lengthM).toBeLessThanOrEqual(lengthOfWay.get(wayId)! + 5);
  });

  it.each(names)('%s: industrial ones lie on industrial land, quiet ones do not', name => {
    const { source, segments } = found.get(name)!;
    const zones = source.basemap.flatMap(feature =>
      feature.layer === 'landuse' && feature.class === 'industrial' ? [feature.rings] : [],
    );
    const onIndustry = ({ line, lengthM }: SegmentSeed) => {
      const samples = line
        .slice(1)
        .map((at, i): LngLat => [(at[0] + line[i]![0]) / 2, (at[1] + line[i]![1]) / 2]);
      return (
        lengthM > 0 &&
        samples.filter(at => zones.some(rings => polygonContains(rings, at))).length / samples.length
      );
    };
    const industrial = segments.filter(segment => segment.kind === 'industrialRoad');
    const quiet = segments.filter(segment => segment.kind === 'quietRoad');
    expect(industrial.filter(segment => Number(onIndustry(segment)) > 0.3).length).toBeGreaterThanOrEqual(
      industrial.length * 0.9,
    );
    expect(quiet.filter(segment => Number(onIndustry(segment)) < 0.5).length).toBeGreaterThanOrEqual(
      quiet.length * 0.95,
    );
  });
});
