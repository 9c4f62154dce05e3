/** The synthetic county as .osm.pbf, read by three readers that know nothing of each other: the importer, a parser, GDAL. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { createOSMStream } from 'osm-pbf-parser-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoadInput } from '#road/build.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import type { OsmEntity } from '../../server/region/import/osm.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { writeOsmPbf } from '../../server/region/osm-writer/index.ts';
import type { PlaceSeed, RegionSource } from '../../server/region/source.ts';
import { synthRegion } from '../../server/region/synth/index.ts';

const run = promisify(execFile);
let dir: string;
let file: string;
let county: RegionSource;
let imported: RegionSource;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jianmian-osm-'));
  file = join(dir, 'county.osm.pbf');
  county = synthRegion({ seed: 5, population: 20_000 });
  const cli = fileURLToPath(new URL('../../server/cli/region.ts', import.meta.url));
  const order = `synth --seed 5 --population 20000 --osm ${file} --data-dir ${join(dir, 'data')}`;
  const { stdout } = await run(process.execPath, [cli, ...order.split(' ')]);
  expect(stdout).toContain(`云溪县 (fictional) is written to ${file}`);
  expect(existsSync(join(dir, 'data'))).toBe(false);
  imported = await importOsm(file, { name: county.name });
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('import of the written county', () => {
  it('gives the same roads back: nodes, positions, directions, names, surfaces', () => {
    expect(imported.roads.nodes).toEqual(county.roads.nodes);
    const shape = ({ ways }: RoadInput) =>
      ways.map(way => ({ ...way, speedKmh: 0 })).sort((a, b) => a.id - b.id);
    expect(shape(imported.roads)).toEqual(shape(county.roads));
  });

  it('gives the same drivable network: nodes, edges and their lengths', () => {
    const [before, after] = [buildRoadGraph(county.roads), buildRoadGraph(imported.roads)];
    expect(after.nodeCount).toBe(before.nodeCount);
    expect(after.edgeCount).toBe(before.edgeCount);
    expect(after.arcCount).toBe(before.arcCount);
    const total = (lengths: Float32Array) => lengths.reduce((sum, lengthM) => sum + lengthM, 0);
    expect(total(after.edgeLengthM)).toBeCloseTo(total(before.edgeLengthM), 0);
  });

  it('gives the same turn restrictions and barriers', () => {
    expect(county.roads.restrictions.length).toBeGreaterThan(5);
    expect(imported.roads.restrictions).toEqual(county.roads.restrictions);
    expect(new Set(imported.roads.barriers)).toEqual(new Set(county.roads.barriers));
  });

  it('drives at about the same speed', () => {
    const speedOf = new Map(county.roads.ways.map(way => [way.id, way.speedKmh]));
    for (const { id, speedKmh, roadClass } of imported.roads.ways)
      expect(Math.abs(speedKmh / speedOf.get(id)! - 1), `${roadClass} ${id}`).toBeLessThan(0.5);
  });

  it('gives the same places, by kind and name, with their addresses', () => {
    const told = ({ kind, name, nameEn, address }: PlaceSeed): string =>
      `${kind} ${name} ${nameEn} ${address}`;
    const grounds = new Set(['hospital', 'park']); // these may come from their area as well
    const list = (places: PlaceSeed[]) =>
      places
        .filter(place => !grounds.has(place.kind))
        .map(told)
        .sort();
    expect(list(imported.places)).toEqual(list(county.places));
    for (const kind of grounds) {
      const names = new Set(imported.places.filter(place => place.kind === kind).map(place => place.name));
      for (const place of county.places) if (place.kind === kind) expect(names).toContain(place.name);
    }
    expect(imported.stations.map(station => station.name).sort()).toEqual(
      county.stations.map(station => station.name).sort(),
    );
  });

  it('gives the same map: buildings, land, water with its island, rails, borders, names', () => {
    const count = (region: RegionSource, layer: string) =>
      region.basemap.filter(feature => feature.layer === layer).length;
    for (const layer of ['buildings', 'water', 'waterways', 'rail'])
      expect(count(imported, layer), layer).toBe(count(county, layer));
    expect(count(imported, 'landuse')).toBeGreaterThan(count(county, 'landuse') * 0.97);
    const levels = (region: RegionSource) =>
      region.basemap
        .flatMap(feature => (feature.layer === 'boundaries' ? [`level ${feature.level}`] : []))
        .sort();
    expect(levels(imported)).toEqual(levels(county));
    const holes = imported.basemap.filter(feature => feature.layer === 'water' && feature.rings.length > 1);
    expect(holes.length).toBeGreaterThan(0);
    const names = (region: RegionSource) =>
      region.basemap.flatMap(feature =>
        feature.layer === 'labels' && /^(county|town|village|hamlet|peak)$/.test(feature.class)
          ? [`${feature.class} ${feature.name} ${feature.nameEn}`]
          : [],
      );
    expect(names(imported).sort()).toEqual(names(county).sort());
  });
});

describe('other readers', () => {
  it('a parser finds elements sorted by type and id, every reference resolved, every id once', async () => {
    const order = ['node', 'way', 'relation'];
    const seen = { node: new Set<number>(), way: new Set<number>(), relation: new Set<number>() };
    let last: [type: number, id: number] = [0, 0];
    const missing: string[] = [];
    for await (const item of createOSMStream(file, { withInfo: false })) {
      if (!('type' in item)) continue;
      const element = item as OsmEntity;
      const at: [number, number] = [order.indexOf(element.type), element.id];
      expect(at[0] > last[0] || (at[0] === last[0] && at[1] > last[1])).toBe(true);
      last = at;
      seen[element.type].add(element.id);
      if (element.type === 'way')
        for (const ref of element.refs) if (!seen.node.has(ref)) missing.push(`way ${element.id}: ${ref}`);
      if (element.type === 'relation')
        for (const { type, ref } of element.members)
          if (!seen[type].has(ref)) missing.push(`relation ${element.id}: ${type} ${ref}`);
    }
    expect(missing).toEqual([]);
    expect(seen.way.size).toBeGreaterThan(county.roads.ways.length);
  });

  it('GDAL reads roads, buildings and closed township borders', async () => {
    const geojson = async (layer: string, where: string) => {
      const args = ['-f', 'GeoJSON', '/vsistdout/', file, layer, '-where', where];
      const { stdout } = await run('ogr2ogr', args, { maxBuffer: 1 << 28 });
      return JSON.parse(stdout) as {
        features: { properties: Record<string, string>; geometry: { type: string } }[];
      };
    };
    const roads = await geojson('lines', 'highway IS NOT NULL');
    // A closed way with a name alone is still a line; GDAL keeps roads as they are.
    expect(roads.features.length).toBe(county.roads.ways.length);
    const buildings = await geojson('multipolygons', "building = 'yes'");
    expect(buildings.features.length).toBe(
      county.basemap.filter(feature => feature.layer === 'buildings').length,
    );
    const townships = await geojson('multipolygons', "boundary = 'administrative' AND admin_level = '8'");
    const expected = county.areas?.filter(area => area.level === 'township').map(area => area.name) ?? [];
    expect(new Set(townships.features.map(({ properties }) => properties['name']))).toEqual(
      new Set(expected),
    );
    expect(townships.features.length).toBe(expected.length);
  }, 60_000);
});

describe('any network', () => {
  const at = fc.tuple(
    fc.integer({ min: -1800000000, max: 1800000000 }),
    fc.integer({ min: -850000000, max: 850000000 }),
  );
  const network = fc
    .uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 2, maxLength: 30 })
    .chain(ids =>
      fc.record({
        nodes: fc
          .array(at, { minLength: ids.length, maxLength: ids.length })
          .map(
            positions =>
              new Map(ids.map((id, i) => [id, positions[i]!.map(units => units / 1e7) as [number, number]])),
          ),
        ways: fc.array(
          fc.record({
            nodes: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2, maxLength: 9 }),
            oneway: fc.constantFrom(-1 as const, 0 as const, 1 as const),
            roadClass: fc.constantFrom('primary' as const, 'residential' as const, 'track' as const),
            bridge: fc.boolean(),
            tunnel: fc.boolean(),
            name: fc.stringMatching(/^[一-龥]{1,6}路$/),
          }),
          { minLength: 1, maxLength: 12 },
        ),
      }),
    );

  it('comes back from its file as it was, far ids and negative coordinates included', async () => {
    await fc.assert(
      fc.asyncProperty(network, async ({ nodes, ways }) => {
        const roads: RoadInput = {
          nodes,
          ways: ways.map((way, i) => ({
            ...way,
            id: 1 + i * 7,
            speedKmh: 30,
            link: false,
            surface: way.roadClass === 'track' ? 'unpaved' : 'paved',
          })),
          restrictions: [],
          barriers: [],
        };
        const bare: RegionSource = {
          name: 'x',
          fictional: true,
          attribution: '',
          bbox: [-180, -85, 180, 85],
          roads,
          basemap: [],
          places: [],
          stations: [],
          cellSites: [],
          cameras: [],
          units: [],
        };
        const path = join(dir, 'any.osm.pbf');
        await writeOsmPbf(bare, path);
        const back = await importOsm(path);
        expect(back.roads.ways.map(way => ({ ...way, speedKmh: 0 }))).toEqual(
          roads.ways.map(way => ({ ...way, speedKmh: 0 })),
        );
        for (const [id, position] of back.roads.nodes) expect(position).toEqual(nodes.get(id));
      }),
      { numRuns: 40 },
    );
  });
});
