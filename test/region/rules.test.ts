import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { durationS, ferrySpeedKmh, isCarFerry } from '../../server/region/import/ferries.ts';
import type { OsmRelation, Tags } from '../../server/region/import/osm.ts';
import { blocksCars, hasTimedAccess, restrictionOf } from '../../server/region/import/rules.ts';
import { block, importContent } from './extracts.ts';

const members: OsmRelation['members'] = [
  { type: 'way', ref: 1, role: 'from' },
  { type: 'node', ref: 2, role: 'via' },
  { type: 'way', ref: 3, role: 'to' },
];
const relation = (tags: Tags, parts = members): OsmRelation => ({
  type: 'relation',
  id: 9,
  tags: { type: 'restriction', ...tags },
  members: parts,
});
const taken = { id: 9, only: false, from: [1], via: { node: 2 }, to: [3] };

describe('turn restrictions', () => {
  it.each<[tags: Tags, result: unknown]>([
    [{ restriction: 'no_left_turn' }, taken],
    [{ restriction: 'no_u_turn' }, taken],
    [{ restriction: 'only_straight_on' }, { ...taken, only: true }],
    [{ 'restriction:motorcar': 'no_right_turn' }, taken],
    [{ restriction: 'only_left_turn', 'restriction:motor_vehicle': 'no_entry' }, taken],
    // Not for cars, or not for the police.
    [{ 'restriction:hgv': 'no_left_turn' }, null],
    [{ restriction: 'no_left_turn', except: 'psv;emergency' }, null],
    [{ restriction: 'no_left_turn', except: 'motorcar' }, null],
    [{ restriction: 'no_left_turn', except: 'bicycle;psv' }, taken],
    // At some hours only.
    [{ 'restriction:conditional': 'no_left_turn @ (Mo-Fr 07:00-09:00)' }, 'timed'],
    [{ 'restriction:motorcar:conditional': 'no_left_turn @ (07:00-09:00)' }, 'timed'],
    [{ restriction: 'no_left_turn', hour_on: '07:00', hour_off: '09:00' }, 'timed'],
    // What nobody can read.
    [{ restriction: 'no_right_turn_on_red' }, 'unclear'],
    [{ restriction: 'give_way' }, 'unclear'],
  ])('%j', (tags, result) => {
    expect(restrictionOf(relation(tags))).toEqual(result);
  });

  it('over ways, from several, and with parts missing', () => {
    const tags = { restriction: 'no_u_turn' };
    const [from, via, to] = members as [
      OsmRelation['members'][0],
      OsmRelation['members'][0],
      OsmRelation['members'][0],
    ];
    const way = (ref: number) => ({ type: 'way' as const, ref, role: 'via' });
    expect(restrictionOf(relation(tags, [from, way(5), way(6), to]))).toEqual({
      ...taken,
      via: { ways: [5, 6] },
    });
    expect(
      restrictionOf(relation({ restriction: 'no_entry' }, [from, { ...from, ref: 8 }, via, to])),
    ).toEqual({
      ...taken,
      from: [1, 8],
    });
    const incomplete = [
      [from, to],
      [via, to],
      [from, via],
      [from, via, way(5), to],
      [{ ...from, type: 'node' as const }, via, to],
    ];
    for (const parts of incomplete) expect(restrictionOf(relation(tags, parts))).toBe('unclear');
  });
});

describe('barriers', () => {
  it.each<[tags: Tags, blocks: boolean]>([
    [{ barrier: 'bollard' }, true],
    [{ barrier: 'block' }, true],
    [{ barrier: 'bollard', motor_vehicle: 'yes' }, false],
    [{ barrier: 'bollard', access: 'no', emergency: 'yes' }, false],
    [{ barrier: 'gate' }, false],
    [{ barrier: 'lift_gate' }, false],
    [{ barrier: 'toll_booth' }, false],
    [{ barrier: 'gate', locked: 'yes' }, true],
    [{ barrier: 'gate', access: 'private' }, true],
    [{ barrier: 'gate', access: 'no', motorcar: 'yes' }, false],
    [{ barrier: 'lift_gate', access: 'customers' }, false],
  ])('%j blocks cars: %s', (tags, blocks) => {
    expect(blocksCars(tags)).toBe(blocks);
  });
});

describe('ferries', () => {
  it.each<[tags: Tags, car: boolean]>([
    [{ route: 'ferry' }, true],
    [{ route: 'ferry', motorcar: 'yes', foot: 'yes' }, true],
    [{ route: 'ferry', motor_vehicle: 'no' }, false],
    [{ route: 'ferry', access: 'private' }, false],
    [{ route: 'bus' }, false],
  ])('%j takes cars: %s', (tags, car) => {
    expect(isCarFerry(tags)).toBe(car);
  });

  it.each<[duration: string | undefined, seconds: number | null]>([
    ['25', 1500],
    ['1:05', 3900],
    ['00:20:30', 1230],
    ['PT20M', 1200],
    ['PT1H5M', 3900],
    ['a while', null],
    ['0', null],
    [undefined, null],
  ])('a duration of %s is %s s', (duration, seconds) => {
    expect(durationS(duration)).toBe(seconds);
  });

  it('take their time, and that of boarding', () => {
    expect(1000 / (ferrySpeedKmh('10', 1000) / 3.6)).toBeCloseTo(15 * 60, 6);
    expect(1000 / (ferrySpeedKmh(undefined, 1000) / 3.6)).toBeCloseTo(240 + 300, 6);
  });
});

it('rules for some hours are seen', () => {
  expect(hasTimedAccess({ 'access:conditional': 'no @ (22:00-06:00)' })).toBe(true);
  expect(hasTimedAccess({ 'motorcar:conditional': 'no @ (Su)', access: 'yes' })).toBe(true);
  expect(hasTimedAccess({ 'maxspeed:conditional': '30 @ (22:00-06:00)' })).toBe(false);
});

describe('an extract with rules', () => {
  const content = {
    nodes: [
      ...block.nodes,
      { id: 5, lon: 103.004, lat: 25, tags: { barrier: 'bollard' } },
      { id: 6, lon: 103.006, lat: 25 },
      { id: 7, lon: 103.006, lat: 25.01 },
      { id: 8, lon: 103.1, lat: 25.1, tags: { barrier: 'bollard' } },
      { id: 10, lon: 103.004, lat: 25.002, tags: { barrier: 'gate', opening_hours: '08:00-18:00' } },
    ],
    ways: [
      { id: 1, refs: [1, 2], tags: { highway: 'residential' } },
      {
        id: 2,
        refs: [2, 3, 4, 1],
        tags: { highway: 'residential', 'access:conditional': 'no @ (22:00-06:00)' },
      },
      { id: 3, refs: [2, 5, 6], tags: { highway: 'residential' } },
      { id: 4, refs: [6, 7], tags: { route: 'ferry', duration: '10', name: '渡口' } },
      { id: 5, refs: [7, 10, 3], tags: { highway: 'residential' } },
    ],
    relations: [
      { id: 1, tags: { type: 'restriction', restriction: 'no_right_turn' }, members: turn(1, 2, 3) },
      {
        id: 2,
        tags: { type: 'restriction', 'restriction:conditional': 'no_left_turn @ (07:00-09:00)' },
        members: turn(1, 2, 2),
      },
      { id: 3, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: turn(1, 2, 77) },
      { id: 4, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: turn(78, 79, 77) },
      { id: 5, tags: { type: 'restriction', restriction: 'mystery' }, members: turn(1, 2, 3) },
    ],
  };
  function turn(from: number, via: number, to: number): OsmRelation['members'] {
    return [
      { type: 'way', ref: from, role: 'from' },
      { type: 'node', ref: via, role: 'via' },
      { type: 'way', ref: to, role: 'to' },
    ];
  }

  it('keeps those that concern its roads, and counts what it does not apply', async () => {
    const { roads } = await importContent(content);
    expect(roads.restrictions.map(({ id }) => id)).toEqual([1, 3]);
    expect(roads.barriers).toEqual([5]);
    expect(roads.leftOut).toEqual({ restrictions: 1, timed: 3 });
    expect(roads.ways.find(way => way.id === 4)).toMatchObject({
      roadClass: 'ferry',
      name: '渡口',
      oneway: 0,
    });
    const graph = buildRoadGraph(roads);
    expect(graph.restrictions).toEqual({ taken: 1, unusable: 1 });
    // The street with the bollard counts twice: up to it from either side.
    expect(graph.edgeCount).toBe(7);
  });
});
