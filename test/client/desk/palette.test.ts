import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { type Found, ranked } from '../../../client/desk/palette/items.ts';
import { score, searchable, type Spell } from '../../../client/desk/palette/rank.ts';

const spell: Spell = text => pinyin(text, { toneType: 'none', type: 'array' });
const by = (name: string) => searchable(name, spell);

describe('how well a name answers', () => {
  it('in characters, in whole pinyin, by initials, in that order', () => {
    const station = by('茶口派出所');
    expect(score('茶口派出所', station)).toBe(1);
    const worths = ['茶口', '派出所', 'ckpcs', 'chakou', 'pcs', 'paichu'].map(query => score(query, station));
    expect(worths).toEqual(worths.toSorted((a, b) => b - a));
    expect(Math.min(...worths)).toBeGreaterThan(0);
    expect(score('石林', station)).toBe(0);
    expect(score('x', station)).toBe(0);
  });

  it('a surname finds a masked name, by its pinyin too', () => {
    expect(score('赵', by('4 号 赵**'))).toBeGreaterThan(0);
    expect(score('zhao', by('4 号 赵**'))).toBeGreaterThan(0);
  });

  it('whatever is typed, a name is never worth more than itself, and its own beginning always answers', () => {
    const names = fc.constantFrom('外勤-1', '茶口-2', '打开轨迹', 'Open the trace', '云溪县人民医院');
    fc.assert(
      fc.property(names, fc.string(), fc.nat(20), (name, typed, length) => {
        expect(score(typed, by(name))).toBeLessThanOrEqual(1);
        const start = name.slice(0, 1 + (length % name.length)).trim();
        expect(score(start, by(name))).toBeGreaterThan(0.6);
      }),
    );
  });
});

describe('what the palette shows first', () => {
  const item = (key: string, group: Found['group'], name: string, also?: string): Found => ({
    key,
    group,
    name,
    icon: 'pin',
    note: '',
    ...(also !== undefined && { also }),
    run: () => {},
  });
  const items = [
    item('verb stops', 'incident', '申请全部止付'),
    item('unit 1', 'units', '赵庄-1'),
    item('incident 1', 'people', '4 号 赵**', '4 赵** 冒充公检法'),
    item('incident 2', 'people', '5 号 钱**', '5 钱** 虚假贷款'),
  ];

  it('people before units before actions, and nothing that does not answer', () => {
    expect(ranked('zhao', items, [], by).map(({ key }) => key)).toEqual(['unit 1', 'incident 1']);
    expect(ranked('赵', items, [], by)[0]!.key).toBe('unit 1');
    expect(ranked('5', items, [], by).map(({ key }) => key)).toEqual(['incident 2']);
    expect(ranked('xjdk', items, [], by).map(({ key }) => key)).toEqual(['incident 2']);
    expect(ranked('不存在', items, [], by)).toEqual([]);
  });

  it('of two that answer alike, what was chosen lately', () => {
    const twins = [item('unit 1', 'units', '巡-1'), item('unit 2', 'units', '巡-2')];
    expect(ranked('巡', twins, ['unit 2'], by).map(({ key }) => key)).toEqual(['unit 2', 'unit 1']);
  });
});
