/**
 * Addresses as people write them, with the place that they mean. Knows nothing of how they are read: it has its own
 * lists of slips, homophones and phrases. Seeded: the same county and seed give the same texts.
 */
import { createRandom, type Random } from '#domain/random.ts';
import type { LngLat, RegionSource } from '../../server/region/source.ts';

export type Manner =
  | 'plain'
  | 'short'
  | 'levelsMissing'
  | 'typo'
  | 'homophone'
  | 'chineseNumerals'
  | 'reversed'
  | 'remark'
  | 'wrongTownship'
  | 'landmark'
  | 'elsewhere';

export interface Written {
  text: string;
  manner: Manner;
  /** Where the writer means; null for a place elsewhere in the country. */
  truth: LngLat | null;
  township: string | null;
}

/** What there is to write about one place. */
interface Known {
  county: string;
  township: string;
  /** Community or village, when the address has one. */
  area: string;
  road: string;
  number: number;
  /** Name of the place itself; empty when it is a house that has none. */
  name: string;
  compound: boolean;
  /** Buildings of the compound whose places are known. */
  buildings: { number: number; position: LngLat }[];
  position: LngLat;
}

const shares: [Manner, number][] = [
  ['plain', 30],
  ['short', 12],
  ['levelsMissing', 10],
  ['typo', 7],
  ['homophone', 7],
  ['chineseNumerals', 6],
  ['reversed', 4],
  ['remark', 7],
  ['wrongTownship', 3],
  ['landmark', 4],
  ['elsewhere', 10],
];

/** Signs that are typed for each other because they sound alike. */
const homophones = [
  '屏平萍瓶凭坪',
  '兴星杏',
  '鹿路陆露录',
  '翠脆',
  '清青轻',
  '溪西希夕',
  '明鸣名铭',
  '宁凝',
  '昌长常',
  '元园源圆原缘',
  '梅煤霉',
  '竹祝筑',
  '湖胡狐',
  '龙隆',
  '桥乔',
  '景井警',
  '和合荷何',
  '义谊益',
  '安按',
  '华花',
  '贤闲',
  '泰太',
  '福富',
  '永勇',
  '康糠',
  '林临琳',
  '丹单',
  '金今巾',
  '云芸',
  '凤奉',
  '秀绣',
  '松宋',
  '柳绺',
  '石时',
  '箐庆',
  '坝把',
  '营赢',
  '冲充',
  '屯囤',
  '礼里李理',
  '德得',
  '学雪',
  '弘红洪宏',
];
/** Signs that are read for each other because they look alike. */
const lookalikes = [
  '晴清请',
  '桔结',
  '未末',
  '已己',
  '土士',
  '洋详',
  '堆推',
  '辉挥',
  '祥样',
  '秀季',
  '泉皇',
  '昌冒',
  '崇祟',
  '宁宇',
  '平乎',
  '文丈',
  '玉王',
  '丰半',
  '兰三',
  '望旺',
];
const remarks = [
  '（租住）',
  '（出租房）',
  '，电话打不通',
  '（二楼）',
  '，独居',
  '（与子女同住）',
  '自建房',
  '，门口有棵大树',
  '（户主为其丈夫）',
  '出租屋',
];
const away = [
  '湖南省长沙市岳麓区麓谷街道东方红社区12栋',
  '广东深圳龙岗区坂田街道五和大道118号',
  '四川省成都市武侯区晋阳路43号2单元',
  '贵州省毕节市威宁县草海镇',
  '浙江省义乌市稠城街道工人路7号',
  '重庆市渝北区龙溪街道',
  '北京市朝阳区望京街道南湖东园',
  '江苏省昆山市玉山镇',
  '上海市浦东新区川沙新镇',
  '福建省泉州市晋江市陈埭镇',
  '广西南宁市青秀区民族大道88号',
  '广东省东莞市长安镇',
  '湖北武汉洪山区珞喻路',
  '河南省郑州市金水区',
  '云南省昆明市官渡区关上街道',
  '山东省青岛市李沧区',
  '户籍云溪县，现住广东省佛山市顺德区容桂街道',
  '新疆喀什市',
  '内蒙古赤峰市红山区',
  '陕西省西安市雁塔区电子城街道',
  '西双版纳州景洪市',
  '安徽合肥市瑶海区',
  '曲靖市麒麟区寥廓街道',
  '黑龙江省哈尔滨市南岗区',
];

/** Writes `count` addresses of a county; each with how it was written and what it means. */
export function writeAddresses(source: RegionSource, count: number, seed: number): Written[] {
  const random = createRandom(seed);
  const known = knownPlaces(source);
  const townships = [...new Set(known.map(({ township }) => township))].filter(name => name !== '');
  const deck = shares.flatMap(([manner, share]) =>
    Array.from({ length: Math.round((share * count) / 100) }, () => manner),
  );
  return random.shuffle(deck).map(manner => {
    if (manner === 'elsewhere') return { text: random.pick(away), manner, truth: null, township: null };
    const place = random.pick(known);
    return { ...write(place, manner, random, townships), manner, township: place.township };
  });
}

/** Places with an address of a county: `county township [community or village] [road] number [compound building]`. */
function knownPlaces(source: RegionSource): Known[] {
  return source.places.flatMap(({ name, kind, address, position }) => {
    const parts = (address ?? '').split(' ').filter(part => part !== '');
    const at = parts.findIndex(part => /^\d+号$/.test(part));
    const township = parts[1] ?? '';
    if (at < 3) return [];
    const area = at > 3 ? parts[2]! : '';
    const named = !/（\d）$/.test(name) && kind !== 'atm';
    const compound = kind === 'residence' && /[路街巷道]$/.test(parts[at - 1]!);
    return [
      {
        county: source.name,
        township,
        area,
        road: parts[at - 1]!,
        number: Number.parseInt(parts[at]!, 10),
        name: named ? name : '',
        compound,
        buildings: compound ? buildingsOf(source, name) : [],
        position,
      },
    ];
  });
}

function buildingsOf({ houses = [] }: RegionSource, name: string): Known['buildings'] {
  return houses.flatMap(({ road, number, position }) =>
    road === name && number.endsWith('栋') ? [{ number: Number.parseInt(number, 10), position }] : [],
  );
}

/** The text, and where its writer means: the building where the text names one, else the place. */
function write(
  place: Known,
  manner: Manner,
  random: Random,
  townships: readonly string[],
): Pick<Written, 'text' | 'truth'> {
  const { name, road, position, buildings } = place;
  const isVillage = !/[路街巷道]$/.test(road);
  const byName = name !== '' && random.next() < 0.5 && (!isVillage || !road.startsWith(name));
  const building = byName && buildings.length > 0 ? random.pick(buildings) : null;
  const stair = `${1 + random.int(4)}单元${1 + random.int(6)}0${1 + random.int(4)}`;
  const flat = building ? `${building.number}栋${stair}` : '';
  const text = phrase({ ...place, isVillage, byName, flat }, manner, random, townships);
  return { text, truth: text.includes(flat) && building ? building.position : position };
}

type Phrased = Known & { isVillage: boolean; byName: boolean; flat: string };

function phrase(
  { county, township, area, road, number, name, isVillage, byName, flat }: Phrased,
  manner: Manner,
  random: Random,
  townships: readonly string[],
): string {
  const spot = byName ? `${name}${flat}` : `${road}${number}号`;
  const both = byName && random.next() < 0.4 ? `${road}${number}号` : '';
  const full = `${county}${township}${area}${both}${spot}`;
  switch (manner) {
    case 'plain':
      return random.next() < 0.3
        ? [county, township, area, spot].filter(part => part !== '').join(' ')
        : full;
    case 'short':
      return `${random.next() < 0.5 ? county.slice(0, -1) : ''}${township.slice(0, -1)}${byName ? name : `${road}${number}`}`;
    case 'levelsMissing':
      return random.next() < 0.5 ? spot : `${township}${spot}`;
    case 'typo':
      return (
        slip(`${township}${spot}`, lookalikes, random) ??
        swapOrDrop(`${township}${spot}`, township.length, random)
      );
    case 'homophone':
      return slip(`${township}${spot}`, homophones, random) ?? `${township}${spot}`;
    case 'chineseNumerals':
      return `${county}${township}${area}${road}${spoken(number)}号`;
    case 'reversed':
      return `${spot}，${township}，${county}`;
    case 'remark':
      return `${full}${random.pick(remarks)}`;
    case 'wrongTownship':
      return `${random.pick(townships.filter(other => other !== township))}${spot}`;
    case 'landmark':
      return name === '' || isVillage
        ? `${township}${road}${number}号附近`
        : `${township}${name}${random.pick(['旁边', '对面', '隔壁', '附近', '斜对面'])}`;
    case 'elsewhere':
      return full;
  }
}

/** One sign of the text replaced by another of its group; null when none of its signs has a group. */
function slip(text: string, groups: readonly string[], random: Random): string | null {
  const signs = Array.from(text);
  const able = signs.flatMap((sign, i) => {
    const group = groups.find(each => each.includes(sign));
    return group ? [{ i, group }] : [];
  });
  if (able.length === 0) return null;
  const { i, group } = random.pick(able);
  signs[i] = random.pick(Array.from(group).filter(sign => sign !== signs[i]));
  return signs.join('');
}

/** Two signs of the part behind the township change places, or one is lost. */
function swapOrDrop(text: string, from: number, random: Random): string {
  const signs = Array.from(text);
  const i = Math.min(from + random.int(3), signs.length - 3);
  if (random.next() < 0.5) signs.splice(i, 2, signs[i + 1]!, signs[i]!);
  else signs.splice(i, 1);
  return signs.join('');
}

/** 123 as 一百二十三. */
export function spoken(number: number): string {
  const digit = (value: number): string => '零一二三四五六七八九'[value] ?? '';
  const tens = (value: number): string =>
    value < 10
      ? digit(value)
      : `${value >= 20 ? digit(Math.floor(value / 10)) : ''}十${value % 10 ? digit(value % 10) : ''}`;
  if (number < 100) return tens(number);
  const rest = number % 100;
  const below = rest === 0 ? '' : rest < 10 ? `零${digit(rest)}` : `${rest < 20 ? '一' : ''}${tens(rest)}`;
  return `${digit(Math.floor(number / 100))}百${below}`;
}
