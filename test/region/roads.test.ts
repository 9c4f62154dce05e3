import { describe, expect, it } from 'vitest';
import { isUnpaved, limitKmh, onewayOf, roadKind, speedKmhOf } from '../../server/region/import/roads.ts';
import { block, importContent } from './extracts.ts';

describe('which ways a car may use', () => {
  it.each<[tags: Record<string, string>, kind: string | null]>([
    [{ highway: 'motorway' }, 'motorway'],
    [{ highway: 'trunk_link' }, 'trunk link'],
    [{ highway: 'living_street' }, 'livingStreet'],
    [{ highway: 'road' }, 'unclassified'],
    [{ highway: 'track' }, 'track'],
    [{ highway: 'service', access: 'customers' }, 'service'],
    [{ highway: 'service', access: 'private' }, null],
    [{ highway: 'residential', motor_vehicle: 'no' }, null],
    [{ highway: 'residential', access: 'no', motor_vehicle: 'yes' }, 'residential'],
    [{ highway: 'residential', access: 'yes', motorcar: 'no' }, null],
    [{ highway: 'service', area: 'yes' }, null],
    [{ highway: 'footway' }, null],
    [{ highway: 'pedestrian' }, null],
    [{ highway: 'construction', construction: 'primary' }, null],
    [{ highway: 'bus_stop' }, null],
    [{ railway: 'rail' }, null],
  ])('%j → %s', (tags, expected) => {
    const kind = roadKind(tags);
    expect(kind && `${kind.roadClass}${kind.link ? ' link' : ''}`).toBe(expected);
  });
});

describe('direction', () => {
  it.each<[tags: Record<string, string>, oneway: number]>([
    [{ highway: 'residential' }, 0],
    [{ highway: 'residential', oneway: 'yes' }, 1],
    [{ highway: 'residential', oneway: '-1' }, -1],
    [{ highway: 'residential', oneway: 'reversible' }, 0],
    [{ highway: 'residential', oneway: 'yes', 'oneway:motor_vehicle': 'no' }, 0],
    [{ highway: 'residential', junction: 'roundabout' }, 1],
    [{ highway: 'residential', junction: 'roundabout', oneway: 'no' }, 0],
    [{ highway: 'motorway' }, 1],
    [{ highway: 'motorway', oneway: 'no' }, 0],
    [{ highway: 'motorway_link' }, 0],
  ])('%j → %s', (tags, expected) => {
    const { roadClass, link } = roadKind(tags)!;
    expect(onewayOf(tags, roadClass, link)).toBe(expected);
  });
});

describe('speed', () => {
  it.each<[value: string | undefined, kmh: number | null]>([
    ['50', 50],
    ['30 mph', 48.28032],
    ['80 km/h', 80],
    ['60;80', 60],
    ['none', 130],
    ['walk', 10],
    ['CN:urban', 50],
    ['DE:rural', 80],
    ['AT:motorway', 120],
    ['signals', null],
    ['0', null],
    ['5000', null],
    [undefined, null],
  ])('a limit of %s is %s km/h', (value, kmh) => {
    if (kmh === null) expect(limitKmh(value)).toBeNull();
    else expect(limitKmh(value)).toBeCloseTo(kmh, 5);
  });

  it('is below the limit, below the paved on gravel, and never stands still', () => {
    expect(speedKmhOf({ maxspeed: '60' }, 'secondary', false)).toBeLessThan(60);
    expect(speedKmhOf({ surface: 'gravel' }, 'unclassified', false)).toBeLessThan(
      speedKmhOf({}, 'unclassified', false),
    );
    expect(speedKmhOf({ maxspeed: '100' }, 'track', false)).toBe(speedKmhOf({}, 'track', false));
    expect(speedKmhOf({ maxspeed: '5', surface: 'mud' }, 'residential', false)).toBeGreaterThanOrEqual(5);
    expect(speedKmhOf({}, 'motorway', true)).toBeLessThan(speedKmhOf({}, 'motorway', false));
  });

  it('a track is unpaved unless somebody says otherwise', () => {
    expect(isUnpaved({}, 'track')).toBe(true);
    expect(isUnpaved({ surface: 'asphalt' }, 'track')).toBe(false);
    expect(isUnpaved({ tracktype: 'grade1' }, 'track')).toBe(false);
    expect(isUnpaved({}, 'residential')).toBe(false);
    expect(isUnpaved({ surface: 'asphalt;gravel' }, 'service')).toBe(true);
  });
});

describe('ways as they come', () => {
  it('names, numbers, bridges; Chinese names first', async () => {
    const tags = {
      highway: 'primary',
      'name:zh': '翠屏路',
      name: 'Cuiping',
      'name:en': 'Cuiping Road',
      ref: 'G78;S20',
      bridge: 'viaduct',
      tunnel: 'no',
    };
    const { roads } = await importContent({ ...block, ways: [{ id: 7, refs: [1, 2, 3], tags }] });
    expect(roads.ways).toEqual([
      expect.objectContaining({
        id: 7,
        nodes: [1, 2, 3],
        name: '翠屏路',
        nameEn: 'Cuiping Road',
        ref: 'G78',
        bridge: true,
        tunnel: false,
      }),
    ]);
  });

  it('both languages in one name are told apart', async () => {
    const tags = { highway: 'primary', name: '翠屏路 Cuiping Road' };
    const { roads } = await importContent({ ...block, ways: [{ id: 7, refs: [1, 2], tags }] });
    expect(roads.ways[0]).toMatchObject({ name: '翠屏路', nameEn: 'Cuiping Road' });
  });

  it('a way that leaves the extract is cut there; a node twice in a row counts once', async () => {
    const way = { id: 7, refs: [1, 1, 2, 99, 3, 4, 98, 1], tags: { highway: 'tertiary' } };
    const { roads } = await importContent({ ...block, ways: [way] });
    expect(roads.ways.map(({ id, nodes }) => [id, nodes])).toEqual([
      [7, [1, 2]],
      [7, [3, 4]],
    ]);
  });

  it('a part of an extract holds only what lies in it', async () => {
    const far = { id: 9, lon: 104, lat: 25, tags: { amenity: 'bank' } };
    const near = { id: 8, lon: 103.001, lat: 25.001, tags: { amenity: 'bank' } };
    const content = {
      nodes: [...block.nodes, near, far],
      ways: [{ id: 7, refs: [1, 2, 9], tags: { highway: 'tertiary' } }],
    };
    const source = await importContent(content, { bbox: [102.99, 24.99, 103.01, 25.01] });
    expect(source.places.map(place => place.id)).toEqual(['n8']);
    expect(source.roads.ways[0]?.nodes).toEqual([1, 2]);
    expect(source.bbox).toEqual([102.99, 24.99, 103.01, 25.01]);
    await expect(importContent(content, { bbox: [10, 10, 11, 11] })).rejects.toThrow(/within 10,10,11,11/);
  });
});
