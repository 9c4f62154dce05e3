import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlaceKind } from '../../server/contract/place.ts';
import type { LngLat, RegionSource } from '../../server/region/source.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { type SynthStory, synthStory } from '../../server/region/synth/story.ts';
import { createRandom } from '#domain/random.ts';
import { crossingsWithoutNode, inPolygon, largestStrongComponent, metresToSegment } from './synth-oracles.ts';

const small = 30_000;

/** A digest of everything in a region; Maps are spelled out, since JSON would drop them. */
const digest = (region: RegionSource): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...region, roads: { ways: region.roads.ways, nodes: [...region.roads.nodes] } }))
    .digest('hex');

const waterOf = (region: RegionSource): LngLat[][][] =>
  region.basemap.filter(feature => feature.layer === 'water').map(feature => feature.rings);

describe('determinism', () => {
  it('draws the same county from the same seed and another from another', { timeout: 120_000 }, () => {
    const first = digest(synthRegion({ seed: 11, population: 20_000 }));
    expect(digest(synthRegion({ seed: 11, population: 20_000 }))).toBe(first);
    expect(digest(synthRegion({ seed: 12, population: 20_000 }))).not.toBe(first);
  });

  it.each([0, 19_999, 7_000_000, Number.NaN])('refuses a population of %s', population => {
    expect(() => synthRegion({ seed: 1, population })).toThrow(
      /expected a population of 20,000 to 6,000,000/,
    );
  });
});

describe.each([
  { seed: 1, population: 60_000 },
  { seed: 7, population: small },
])('county $seed of $population', options => {
  let region: RegionSource;
  let story: SynthStory;

  beforeAll(() => {
    region = synthRegion(options);
    story = synthStory(region);
  }, 120_000);

  it('says that it is fictional', () => {
    expect(region).toMatchObject({ name: '云溪县', nameEn: 'Yunxi County', fictional: true });
  });

  it('has roads that hang together: 97 % of the nodes in one strongly connected piece', () => {
    const { nodes, ways } = region.roads;
    for (const way of ways) {
      expect(way.nodes.length).toBeGreaterThan(1);
      expect(way.nodes.every(node => nodes.has(node))).toBe(true);
    }
    expect(largestStrongComponent(region.roads) / nodes.size).toBeGreaterThan(0.97);
  });

  it('has a junction wherever two roads cross on the ground', () => {
    expect(crossingsWithoutNode(region.roads)).toEqual([]);
  });

  it('carries roads over water on bridges', () => {
    const water = waterOf(region);
    const wet = region.roads.ways
      .filter(way => !way.bridge && !way.tunnel)
      .flatMap(way => way.nodes.slice(1, -1))
      .filter(node => water.some(rings => inPolygon(region.roads.nodes.get(node) as LngLat, rings)));
    expect(wet).toEqual([]);
    expect(region.roads.ways.filter(way => way.bridge).length).toBeGreaterThan(10);
  });

  it('has every class of road, ramps, gravel and signed highways', () => {
    const { ways } = region.roads;
    for (const roadClass of [
      'motorway',
      'trunk',
      'primary',
      'secondary',
      'tertiary',
      'unclassified',
      'residential',
      'livingStreet',
      'service',
      'track',
    ] as const) {
      expect(
        ways.some(way => way.roadClass === roadClass),
        roadClass,
      ).toBe(true);
    }
    expect(ways.filter(way => way.roadClass === 'motorway').every(way => way.oneway === 1)).toBe(true);
    expect(ways.some(way => way.link && way.roadClass === 'motorway')).toBe(true);
    const refs = new Set(ways.map(way => way.ref?.[0]).filter(letter => letter !== undefined));
    expect(refs).toEqual(new Set(['G', 'S', 'X']));
  });

  it('gives each point of the county to exactly one station', () => {
    const random = createRandom(5);
    const [west, south, east, north] = region.bbox;
    const county = region.stations.flatMap(station => station.jurisdiction ?? []);
    expect(region.stations.length).toBeGreaterThanOrEqual(6);
    let inside = 0;
    for (let i = 0; i < 4_000; i++) {
      const point: LngLat = [random.range(west, east), random.range(south, north)];
      const holders = county.filter(polygon => inPolygon(point, polygon)).length;
      expect(holders).toBeLessThanOrEqual(1);
      inside += holders;
    }
    expect(inside).toBeGreaterThan(1_000);
    // No gaps: whatever the county border encloses is some station's.
    for (const place of region.places) {
      expect(county.filter(polygon => inPolygon(place.position, polygon)).length, place.name).toBe(1);
    }
  });

  it('keeps each station inside its own jurisdiction', () => {
    for (const station of region.stations) {
      expect(
        station.jurisdiction?.some(polygon => inPolygon(station.position, polygon)),
        station.name,
      ).toBe(true);
    }
  });

  it('puts places beside roads: not in water, not on the carriageway, and near enough to drive to', () => {
    const water = waterOf(region);
    const segments = region.roads.ways.flatMap(way =>
      way.nodes
        .slice(1)
        .map(
          (node, i) =>
            [
              region.roads.nodes.get(way.nodes[i] as number) as LngLat,
              region.roads.nodes.get(node) as LngLat,
            ] as const,
        ),
    );
    for (const place of region.places) {
      expect(
        water.some(rings => inPolygon(place.position, rings)),
        `${place.name} in water`,
      ).toBe(false);
      let nearest = Number.POSITIVE_INFINITY;
      for (const [a, b] of segments) {
        if (Math.abs(a[1] - place.position[1]) > 0.004 || Math.abs(a[0] - place.position[0]) > 0.004)
          continue;
        nearest = Math.min(nearest, metresToSegment(place.position, a, b));
      }
      expect(nearest, place.name).toBeGreaterThan(3);
      expect(nearest, place.name).toBeLessThan(250);
    }
  });

  it('has the places that searches need', () => {
    const count = (kind: PlaceKind): number => region.places.filter(place => place.kind === kind).length;
    expect(count('bank')).toBeGreaterThanOrEqual(10);
    expect(count('bank')).toBeLessThanOrEqual(25);
    for (const [kind, least] of [
      ['atm', 8],
      ['park', 7],
      ['hotel', 4],
      ['guestHouse', 8],
      ['internetCafe', 5],
      ['carPark', 8],
      ['mall', 1],
      ['office', 5],
      ['school', 8],
      ['hospital', 4],
      ['station', 2],
      ['residence', 40],
    ] as const) {
      expect(count(kind), kind).toBeGreaterThanOrEqual(least);
    }
    expect(count('police')).toBe(region.stations.length);
  });

  it('names places in Chinese, nearly all of them uniquely, with addresses in the county', () => {
    const named = region.places.filter(place => place.kind !== 'atm');
    expect(new Set(named.map(place => place.name)).size).toBe(named.length);
    expect(new Set(region.places.map(place => place.id)).size).toBe(region.places.length);
    for (const place of region.places) {
      expect(place.name).toMatch(/^\p{Script=Han}[\p{Script=Han}（）\d]+$/u);
      expect(place.nameEn).toMatch(/^[A-Z]/);
      expect(place.address).toMatch(/^云溪县 \p{Script=Han}+[镇乡]/u);
    }
  });

  it('has a tree of townships, communities, villages and hamlets, each within the one above', () => {
    const areas = region.areas ?? [];
    const byId = new Map(areas.map(area => [area.id, area]));
    expect(byId.size).toBe(areas.length);
    const above = { county: [], township: ['county'], community: ['township'], village: ['township'] };
    for (const { level, parentId, name } of areas) {
      const parent = parentId === undefined ? undefined : byId.get(parentId)?.level;
      if (level === 'hamlet') expect(['village', 'township'], name).toContain(parent);
      else if (level === 'county') expect(parent).toBeUndefined();
      else expect(above[level], name).toContain(parent);
    }
    for (const { level, parentId, position, name } of areas) {
      const parent = parentId === undefined ? undefined : byId.get(parentId);
      if (level !== 'hamlet' && parent?.area) expect(inPolygon(position, parent.area), name).toBe(true);
    }
    const names = areas.filter(({ level }) => level !== 'community').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('writes addresses of parts that exist: township, community or village, street', () => {
    const areas = new Set(region.areas?.map(({ name }) => name));
    const streets = new Set(region.roads.ways.map(way => way.name));
    let numbered = 0;
    for (const { address = '', name } of region.places) {
      const [county, township, ...rest] = address.split(' ');
      expect([county, areas.has(township ?? '')], address).toEqual(['云溪县', true]);
      for (const part of rest)
        expect(
          /^\d+[号栋]$/.test(part) || areas.has(part) || streets.has(part) || part === name,
          address,
        ).toBe(true);
      if (/ \d+号/.test(address)) numbered++;
    }
    expect(numbered / region.places.length).toBeGreaterThan(0.9);
  });

  it('numbers houses so that no road or village has a number twice, and along a street in order', () => {
    const houses = region.houses ?? [];
    expect(houses.length).toBeGreaterThan(region.places.length);
    expect(new Set(houses.map(({ road, number }) => `${road} ${number}`)).size).toBe(houses.length);
    // Near numbers of a street are near each other: the mean over all of them.
    const byRoad = new Map<string, { number: number; position: LngLat }[]>();
    for (const { road, number, position } of houses) {
      if (!number.endsWith('号')) continue;
      byRoad.set(road, [...(byRoad.get(road) ?? []), { number: Number.parseInt(number, 10), position }]);
    }
    let [near, all] = [0, 0];
    for (const list of byRoad.values()) {
      list.sort((a, b) => a.number - b.number);
      list.slice(1).forEach(({ number, position }, i) => {
        const before = list[i]!;
        if (number - before.number > 6) return;
        all++;
        if (metresToSegment(position, before.position, before.position) < 150) near++;
      });
    }
    expect(near / all).toBeGreaterThan(0.9);
  });

  it('has an island in its reservoir', () => {
    const reservoir = region.basemap.find(
      feature => feature.layer === 'water' && feature.kind === 'reservoir',
    );
    expect(reservoir?.layer === 'water' && reservoir.rings.length).toBeGreaterThanOrEqual(2);
  });

  it('closes every ring and keeps every coordinate near the county', () => {
    const [west, south, east, north] = region.bbox;
    for (const feature of region.basemap) {
      if (!('rings' in feature)) continue;
      for (const ring of feature.rings) {
        const [first, last] = [ring[0], ring.at(-1)];
        if (ring.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
          expect.fail(`${feature.layer}: a ring of ${ring.length} points does not close`);
        }
        for (const [lng, lat] of ring) {
          if (lng < west - 0.1 || lng > east + 0.1 || lat < south - 0.1 || lat > north + 0.1) {
            expect.fail(`${feature.layer} at ${lng}, ${lat} lies far outside ${region.bbox.join(', ')}`);
          }
        }
      }
    }
  });

  it('ends gravel roads nowhere in the industrial park', () => {
    const park = region.basemap.find(
      feature => feature.layer === 'landuse' && feature.name === '云溪工业园区',
    );
    const rings = park?.layer === 'landuse' ? park.rings : [];
    const uses = new Map<number, number>();
    for (const way of region.roads.ways) {
      way.nodes.forEach((node, i) =>
        uses.set(node, (uses.get(node) ?? 0) + (i === 0 || i === way.nodes.length - 1 ? 1 : 2)),
      );
    }
    const deadEnds = region.roads.ways.filter(
      way =>
        way.surface === 'unpaved' &&
        way.nodes.every(node => inPolygon(region.roads.nodes.get(node) as LngLat, rings)) &&
        [way.nodes[0], way.nodes.at(-1)].some(node => uses.get(node as number) === 1),
    );
    expect(deadEnds.length).toBeGreaterThanOrEqual(2);
    expect(deadEnds.map(way => way.name)).toContain('园区南路');
  });

  it('has crews at every station, most with a sworn officer', () => {
    const stations = new Set(region.stations.map(station => station.id));
    expect(region.stations.map(station => station.name)).toContain('茶口派出所');
    expect(new Set(region.units.map(unit => unit.callsign)).size).toBe(region.units.length);
    for (const unit of region.units) {
      expect(stations.has(unit.stationId)).toBe(true);
      expect(unit.crew.sworn + unit.crew.auxiliary).toBeGreaterThan(0);
    }
    for (const station of stations) {
      expect(region.units.some(unit => unit.stationId === station && unit.crew.sworn > 0)).toBe(true);
    }
  });

  it('has three sectors a site, denser in town than in the hills', () => {
    expect(region.cellSites.length).toBeGreaterThan(40);
    for (const site of region.cellSites) expect(site.sectors.length).toBe(3);
    const cells = region.cellSites.flatMap(site => site.sectors.map(sector => sector.cellId));
    expect(new Set(cells).size).toBe(cells.length);
    const ranges = region.cellSites.map(site => site.sectors[0]?.rangeM ?? 0);
    expect(Math.min(...ranges)).toBeLessThan(600);
    expect(Math.max(...ranges)).toBeGreaterThan(2_000);
  });

  it('tells the story: found in Chakou, seen on the way, on gravel', () => {
    const station = region.stations.find(candidate => candidate.id === story.stationId);
    for (const point of [story.home.position, story.hideout.position]) {
      expect(station?.jurisdiction?.some(polygon => inPolygon(point, polygon))).toBe(true);
    }
    expect(story.home.kind).toBe('residence');
    expect(story.banks.length).toBeGreaterThanOrEqual(3);
    expect(story.parks.length).toBeGreaterThanOrEqual(1);
    expect(story.cameras.length).toBeGreaterThanOrEqual(1);
    expect(story.route.lengthM).toBeGreaterThan(2_000);
    expect(story.route.lengthM).toBeLessThan(15_000);
    expect(story.route.line.at(-1)).toEqual(story.hideout.position);
    const way = region.roads.ways.find(candidate => candidate.id === story.hideout.wayId);
    expect(way).toMatchObject({ surface: 'unpaved', name: '园区南路' });
  });
});
