/** Addresses as officers write them into alerts, each with what is meant by it. */
import { describe, expect, it } from 'vitest';
import { handMade } from './county.ts';
import { resolverOf } from './resolver.ts';

const resolver = resolverOf(handMade);
const read = (text: string) => resolver.resolve(text, { limit: 5 });

describe('addresses as officers write them', () => {
  it.each([
    ['云溪县鹿鸣镇翠屏路10号', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['云溪县鹿鸣镇翠屏路十号', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['鹿鸣翠屏路10', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['翠平路10号', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['翠屏路８号', '鹿鸣镇 文昌社区 翠屏路8号'],
    ['翠屏路10号附2号（二楼）', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['鹿鸣镇文昌社区翠屏路', '鹿鸣镇 文昌社区 翠屏路'],
    ['云南省云溪县鹿鸣镇文昌社区居委会翠屏路10号', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['云溪縣鹿鳴鎮翠屏路10號', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['翠屏路10号，文昌社区，鹿鸣镇', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['文昌街', '鹿鸣镇 文昌社区 文昌街'],
    ['文昌路', '鹿鸣镇 文昌社区 文昌街'],
    ['文昌社区', '鹿鸣镇 文昌社区'],
    ['翠屏路与文昌街交叉口', '鹿鸣镇 文昌社区 翠屏路'],
    ['茶口镇人民路', '茶口镇 人民路'],
    ['茶口人民路12号', '茶口镇 人民路'],
    ['鹿鸣镇江南社区人民路', '鹿鸣镇 江南社区 人民路'],
    ['云岭花园3栋2单元501', '鹿鸣镇 江南社区 云岭花园3栋'],
    ['云岭花园3幢', '鹿鸣镇 江南社区 云岭花园3栋'],
    ['滨江北路云岭花园', '鹿鸣镇 江南社区 云岭花园'],
    ['锦秀家园5栋', '鹿鸣镇 文昌社区 锦绣家园'],
    ['云溪县人民医院', '鹿鸣镇 文昌社区 云溪县人民医院'],
    ['县医院', '鹿鸣镇 文昌社区 云溪县人民医院'],
    ['县人民医院对面', '鹿鸣镇 文昌社区 云溪县人民医院'],
    ['一中旁边的出租房', '鹿鸣镇 江南社区 云溪县第一中学'],
    ['云溪一中', '鹿鸣镇 江南社区 云溪县第一中学'],
    ['农行云溪支行门口', '鹿鸣镇 江南社区 中国农业银行云溪支行'],
    ['江源银行翠屏路支行隔壁', '鹿鸣镇 文昌社区 江源银行翠屏路支行'],
    ['茶口派出所后面', '茶口镇 茶口派出所'],
    ['茶口镇悦来宾馆', '茶口镇 悦来宾馆'],
    ['悦来宾馆', '茶口镇 悦来宾馆'],
    ['云溪客运站', '鹿鸣镇 江南社区 云溪客运站'],
    ['石桥乡大箐村三组', '石桥乡 大箐村 三组'],
    ['大箐村第三村民小组12号', '石桥乡 大箐村 三组'],
    ['石桥大箐五组', '石桥乡 大箐村 五组'],
    ['石桥乡大箐村委会', '石桥乡 大箐村'],
    ['石桥乡老鲁寨', '石桥乡 老鲁寨村'],
    ['石桥乡老路寨村', '石桥乡 老鲁寨村'],
    ['茶口镇清水塘村18号', '茶口镇 清水塘村'],
    ['三岔河镇石村', '三岔河镇 石村'],
    ['3岔河镇石村', '三岔河镇 石村'],
    ['三岔河', '三岔河镇'],
    ['茶口镇园区3路', '茶口镇 园区三路'],
    ['园区三路', '茶口镇 园区三路'],
    ['户籍湖南省长沙市，现住鹿鸣镇翠屏路10号', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['cuipinglu 10', '鹿鸣镇 文昌社区 翠屏路10号'],
    ['cpl', '鹿鸣镇 文昌社区 翠屏路'],
    ['yunling hua yuan', '鹿鸣镇 江南社区 云岭花园'],
  ])('%s', (text, label) => {
    const { items, elsewhere } = read(text);
    expect(elsewhere).toBeNull();
    expect(items[0]?.label).toBe(label);
  });

  it.each([
    '湖南省长沙市岳麓区',
    '广东深圳龙岗区坂田街道',
    '户籍云溪县鹿鸣镇，现住浙江省义乌市',
    '昆明市官渡区翠屏路10号',
  ])('%s is elsewhere', text => expect(read(text).elsewhere).not.toBeNull());
});

describe('an answer', () => {
  it('says how it was read, and how far off it may be', () => {
    const { items } = read('茶口镇翠平路8号');
    const found = items.find(({ label }) => label.includes('翠屏路'));
    expect(found).toMatchObject({ level: 'house', door: 'between' });
    expect(found!.why).toContainEqual({ name: '翠屏路', level: 'road', how: 'sound' });
    const near = read('县人民医院附近').items[0]!;
    expect(near.radiusM).toBeGreaterThan(read('县人民医院').items[0]!.radiusM + 200);
  });

  it('shares its confidence among roads of one name, and takes the nearer first', () => {
    const east = handMade.entries.find(({ name, within }) => name === '人民路' && within.length > 0)!;
    const { items } = resolver.resolve('人民路', { limit: 5, near: east.position });
    expect(items[0]!.label).toContain('人民路');
    expect(items[1]!.label).toContain('人民路');
    expect(items[0]!.confidence).toBeLessThan(0.6);
    expect([items[0]!.position.lng, items[0]!.position.lat]).toEqual(east.position);
  });

  it('is nothing for what is nowhere in the county', () => {
    expect(read('某某大厦后面').items[0]?.confidence ?? 0).toBeLessThan(0.3);
    expect(read('？').items).toEqual([]);
    expect(read('  ').items).toEqual([]);
  });
});
