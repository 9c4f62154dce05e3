import { join } from 'node:path';
import type { VectorTile, VectorTileFeature } from '@mapbox/vector-tile';
import { describe, expect, it } from 'vitest';
import { writeBasemap } from '../../server/region/basemap.ts';
import { polygonContains, ringContains } from '../../server/region/geo.ts';
import { importOsm } from '../../server/region/import/index.ts';
import type { LngLat, RegionSource } from '../../server/region/source.ts';
import { tileFields } from '../../server/region/tiles/features.ts';
import { extracts, haveExtracts, importContent, temporaryFolder } from './extracts.ts';
import { openPmtiles, type PmtilesFile } from './pmtiles-file.ts';

async function basemapOf(source: RegionSource): Promise<PmtilesFile> {
  const path = join(await temporaryFolder(), 'basemap.pmtiles');
  await writeBasemap(source, path);
  return await openPmtiles(path);
}

function tileAt([lng, lat]: LngLat, z: number): { x: number; y: number; px: number; py: number } {
  const sine = Math.sin((lat * Math.PI) / 180);
  const fx = (lng / 360 + 0.5) * 2 ** z;
  const fy = (0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI) * 2 ** z;
  const [x, y] = [Math.floor(fx), Math.floor(fy)];
  return { x, y, px: (fx - x) * 4096, py: (fy - y) * 4096 };
}

const featuresOf = (tile: VectorTile | null, layer: string): VectorTileFeature[] => {
  const found = tile?.layers[layer];
  return found ? Array.from({ length: found.length }, (_, i) => found.feature(i)) : [];
};

const ringsOf = (feature: VectorTileFeature): LngLat[][] =>
  feature.loadGeometry().map(ring => ring.map((point): LngLat => [point.x, point.y]));

/** Distance of a position from the outline, in tile units: near it, rounding decides. */
function clearance(rings: LngLat[][], [x, y]: LngLat): number {
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
      const f =
        length2 === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2, 0), 1);
      least = Math.min(least, Math.hypot(ax + f * (bx - ax) - x, ay + f * (by - ay) - y));
    }
  }
  return least;
}

const at = (x: number, y: number): LngLat => [103 + x / 1000, 25 + y / 1000];
const node = (id: number, x: number, y: number) => ({ id, lon: at(x, y)[0], lat: at(x, y)[1] });

describe('a small basemap', () => {
  // A lake of 3 km with an island; a one-way road against its nodes; a lane; houses; a bank that is no map feature.
  const lake = [node(10, 0, 0), node(11, 30, 0), node(12, 30, 30), node(13, 0, 30)];
  const island = [node(20, 10, 10), node(21, 20, 10), node(22, 20, 20), node(23, 10, 20)];
  const house = [node(40, 40, 5), node(41, 40.3, 5), node(42, 40.3, 5.3), node(43, 40, 5.3)];
  const content = {
    nodes: [
      ...lake,
      ...island,
      ...house,
      node(1, 35, 0),
      node(2, 35, 20),
      node(3, 45, 20),
      { ...node(50, 36, 10), tags: { place: 'town', name: '鹿鸣镇', 'name:en': 'Luming' } },
    ],
    ways: [
      { id: 100, refs: [10, 11, 12, 13, 10] },
      { id: 101, refs: [20, 21, 22, 23, 20] },
      { id: 102, refs: [40, 41, 42, 43, 40], tags: { building: 'yes', 'building:levels': '6' } },
      {
        id: 1,
        refs: [1, 2],
        tags: { highway: 'primary', oneway: '-1', name: '环湖路', ref: 'S301', bridge: 'yes' },
      },
      { id: 2, refs: [2, 3], tags: { highway: 'residential', surface: 'gravel' } },
    ],
    relations: [
      {
        id: 5,
        members: [100, 101].map(ref => ({ type: 'way' as const, ref, role: '' })),
        tags: { type: 'multipolygon', natural: 'water', name: '翠湖' },
      },
    ],
  };

  it('has its attributes, and the island is dry at every zoom', async () => {
    const file = await basemapOf(await importContent(content));
    for (let z = 10; z <= 15; z++) {
      const dry = tileAt(at(15, 15), z);
      const wet = tileAt(at(5, 5), z);
      const inWater = async ({ x, y, px, py }: ReturnType<typeof tileAt>) =>
        featuresOf(await file.tile(z, x, y), 'water').some(feature => {
          const holders = ringsOf(feature).filter(ring => ringContains(ring, [px, py]));
          return holders.length % 2 === 1;
        });
      expect(await inWater(wet)).toBe(true);
      expect(await inWater(dry)).toBe(false);
    }
  });

  it('roads: flags only where they are set, the line in driving direction', async () => {
    const file = await basemapOf(await importContent(content));
    const { x, y } = tileAt(at(35, 10), 13);
    const roads = featuresOf(await file.tile(13, x, y), 'roads');
    const primary = roads.find(road => road.properties.class === 'primary')!;
    expect(primary.properties).toEqual({
      class: 'primary',
      name: '环湖路',
      ref: 'S301',
      bridge: true,
      oneway: true,
    });
    const [line] = ringsOf(primary);
    // Open only from node 2 in the north to node 1 in the south: y grows downwards.
    expect(line![0]![1]).toBeLessThan(line![line!.length - 1]![1]);
    expect(roads.find(road => road.properties.class === 'residential')!.properties).toEqual({
      class: 'residential',
      unpaved: true,
    });
  });

  it('low zooms are thinned, houses and labels come when they should', async () => {
    const file = await basemapOf(await importContent(content));
    const layersAt = async (z: number) => {
      const { x, y } = tileAt(at(38, 8), z);
      const tile = await file.tile(z, x, y);
      return { tile, classes: featuresOf(tile, 'roads').map(road => road.properties.class) };
    };
    expect((await layersAt(10)).classes).toEqual(['primary']);
    expect(new Set((await layersAt(12)).classes)).toEqual(new Set(['primary', 'residential']));
    expect((await layersAt(12)).tile!.layers.buildings).toBeUndefined();
    const { x, y } = tileAt(at(40.1, 5.1), 15);
    expect(featuresOf(await file.tile(15, x, y), 'buildings').map(feature => feature.properties)).toEqual([
      { heightM: 18 },
    ]);
    const town = tileAt(at(36, 10), 9);
    expect(
      featuresOf(await file.tile(9, town.x, town.y), 'labels').map(feature => feature.properties),
    ).toContainEqual({
      class: 'town',
      name: '鹿鸣镇',
      nameEn: 'Luming',
      rank: 3,
    });
  });
});

describe.skipIf(!haveExtracts)('basemaps of real extracts (skipped without ../shared/data)', () => {
  const names = Object.keys(extracts) as (keyof typeof extracts)[];

  it.each(names)(
    '%s: all tiles decode, with known layers, attributes and sound shapes',
    { timeout: 60_000 },
    async name => {
      const source = await importOsm(extracts[name]);
      const file = await basemapOf(source);
      const header = await file.archive.getHeader();
      expect(header.numAddressedTiles).toBe(file.addresses.length);
      expect(Math.max(...file.entries.map(entry => entry.length))).toBeLessThan(200_000);
      const faults: string[] = [];
      // Every third tile of the large one: its tiles are alike, and decoding all takes long.
      const step = file.addresses.length > 500 ? 3 : 1;
      for (const [z, x, y] of file.addresses.filter((_, i) => i % step === 0)) {
        const tile = (await file.tile(z, x, y))!;
        for (const [layer, { length }] of Object.entries(tile.layers)) {
          const fields: Record<string, string> = tileFields[layer as keyof typeof tileFields] ?? {};
          for (let i = 0; i < length; i++)
            faults.push(...faultsOf(tile.layers[layer]!.feature(i), fields, `${z}/${x}/${y} ${layer}`));
        }
      }
      expect(faults).toEqual([]);
      for (let z = 12; z <= 15; z++) expect(file.addresses.some(address => address[0] === z)).toBe(true);
    },
  );

  it.each(['andorra', 'lauf'] as const)(
    '%s: water with holes covers in the tiles what it covers in the extract',
    { timeout: 60_000 },
    async name => {
      const source = await importOsm(extracts[name]);
      const file = await basemapOf(source);
      const layer = name === 'andorra' ? 'water' : 'landuse';
      const polygons = source.basemap.flatMap(feature => (feature.layer === layer ? [feature.rings] : []));
      const withHoles = polygons.filter(rings => rings.length > 1);
      expect(withHoles.length).toBeGreaterThan(0);
      const z = 15;
      let checked = 0;
      for (const rings of withHoles) {
        // The middle of every ring's first edge pair: inside some holes, inside some outlines, outside others.
        for (const ring of rings) {
          const [a, , c] = ring;
          const probe: LngLat = [(a![0] + c![0]) / 2, (a![1] + c![1]) / 2];
          const { x, y, px, py } = tileAt(probe, z);
          const drawn = featuresOf(await file.tile(z, x, y), layer);
          if (drawn.some(feature => clearance(ringsOf(feature), [px, py]) < 3)) continue;
          const covered = drawn.some(feature => covers(feature, [px, py]));
          const [west, south, east, north] = source.bbox;
          if (probe[0] < west || probe[0] > east || probe[1] < south || probe[1] > north) continue;
          expect(covered, `${layer} at ${probe.join()}`).toBe(
            polygons.some(polygon => polygonContains(polygon, probe)),
          );
          checked++;
        }
      }
      expect(checked).toBeGreaterThan(5);
    },
  );
});

/** Winding number not zero: several outlines may share one feature, holes wind the other way. */
function covers(feature: VectorTileFeature, [x, y]: LngLat): boolean {
  let winding = 0;
  for (const ring of ringsOf(feature)) {
    if (!ringContains(ring, [x, y])) continue;
    let area = 0;
    for (let i = 1; i < ring.length; i++)
      area += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
    winding += Math.sign(area);
  }
  return winding !== 0;
}

function faultsOf(feature: VectorTileFeature, fields: Record<string, string>, where: string): string[] {
  const faults: string[] = [];
  for (const [key, value] of Object.entries(feature.properties)) {
    if (fields[key]?.toLowerCase() !== typeof value)
      faults.push(`${where}: attribute ${key} is ${typeof value}`);
  }
  for (const ring of feature.loadGeometry()) {
    const least = [0, 1, 2, 4][feature.type]!;
    if (ring.length < least) faults.push(`${where}: a shape of ${ring.length} points`);
    const far = ring.some(point => point.x < -200 || point.y < -200 || point.x > 4296 || point.y > 4296);
    if (far) faults.push(`${where}: reaches far out of its tile`);
  }
  return faults;
}
