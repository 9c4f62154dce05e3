/** A small county drawn by hand: two roads of one name, a village with groups, numbered doors, the usual offices. */
import type { Gazetteer } from '../../server/address/gazetteer.ts';
import { gazetteerOf } from '../../server/region/gazetteer.ts';
import type { AdminArea, HouseSeed, LngLat, PlaceSeed } from '../../server/region/source.ts';
import { street } from '../builders/street.ts';

const at = (east: number, north: number): LngLat => [103 + east / 100_000, 25 + north / 111_000];
const square = (east: number, north: number, half: number): LngLat[][] => [
  [
    at(east - half, north - half),
    at(east + half, north - half),
    at(east + half, north + half),
    at(east - half, north + half),
    at(east - half, north - half),
  ],
];

const area = (
  id: string,
  level: AdminArea['level'],
  name: string,
  [east, north, half]: [number, number, number],
  parentId?: string,
): AdminArea => ({
  id,
  level,
  name,
  position: at(east, north),
  area: square(east, north, half),
  ...(parentId !== undefined && { parentId }),
});

const areas: AdminArea[] = [
  area('c', 'county', '云溪县', [0, 0, 40_000]),
  area('t1', 'township', '鹿鸣镇', [0, 0, 4_000], 'c'),
  area('t2', 'township', '茶口镇', [10_000, 0, 4_000], 'c'),
  area('t3', 'township', '石桥乡', [0, 10_000, 4_000], 'c'),
  area('t4', 'township', '三岔河镇', [10_000, 10_000, 4_000], 'c'),
  area('s1', 'community', '文昌社区', [-1_500, 0, 1_400], 't1'),
  area('s2', 'community', '江南社区', [1_500, 0, 1_400], 't1'),
  area('v1', 'village', '大箐村', [1_000, 11_000, 900], 't3'),
  area('v2', 'village', '老鲁寨村', [-1_500, 9_000, 900], 't3'),
  area('v3', 'village', '清水塘村', [12_000, 1_000, 900], 't2'),
  area('v4', 'village', '石村', [9_000, 9_000, 900], 't4'),
  area('h1', 'hamlet', '三组', [1_300, 11_300, 200], 'v1'),
  area('h2', 'hamlet', '五组', [700, 10_700, 200], 'v1'),
];

const lines: [string, LngLat, LngLat][] = [
  ['翠屏路', at(-2_000, 100), at(-800, 100)],
  ['文昌街', at(-1_500, -800), at(-1_500, 800)],
  ['人民路', at(500, -100), at(1_500, -100)],
  ['人民路', at(9_500, 0), at(10_500, 0)],
  ['园区三路', at(11_000, -2_000), at(12_000, -2_000)],
  ['滨江北路', at(600, 900), at(2_200, 900)],
];

const place = (
  id: string,
  kind: PlaceSeed['kind'],
  name: string,
  position: LngLat,
  address?: string,
): PlaceSeed => ({
  id,
  kind,
  name,
  position,
  ...(address !== undefined && { address }),
});
const places: PlaceSeed[] = [
  place('p1', 'residence', '云岭花园', at(1_200, 300), '云溪县 鹿鸣镇 滨江北路 18号'),
  place('p2', 'residence', '锦绣家园', at(-1_200, -400)),
  place('p3', 'hospital', '云溪县人民医院', at(-900, 400)),
  place('p4', 'school', '云溪县第一中学', at(900, -700)),
  place('p5', 'bank', '江源银行翠屏路支行', at(-1_000, 120)),
  place('p6', 'bank', '中国农业银行云溪支行', at(600, -120)),
  place('p7', 'police', '茶口派出所', at(10_100, 50)),
  place('p8', 'guestHouse', '悦来宾馆', at(9_800, -40)),
  place('p9', 'station', '云溪客运站', at(2_200, -300)),
];

/** Even numbers every 60 m from the west end of the road. */
const houses: HouseSeed[] = [
  ...[2, 6, 10, 20, 40].map(number => ({
    road: '翠屏路',
    number: `${number}号`,
    position: at(-2_000 + number * 30, 110),
  })),
  { road: '云岭花园', number: '3栋', position: at(1_230, 340) },
];

export const handMade: Gazetteer = gazetteerOf({
  name: '云溪县',
  bbox: [102.6, 24.6, 103.4, 25.4],
  areas,
  places,
  houses,
  roads: {
    nodes: new Map(
      lines.flatMap(([, from, to], i) => [
        [2 * i, from],
        [2 * i + 1, to],
      ]),
    ),
    ways: lines.map(([name], i) => street(i, [2 * i, 2 * i + 1], { name })),
    restrictions: [],
    barriers: [],
  },
});
