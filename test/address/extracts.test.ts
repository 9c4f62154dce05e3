/** Real names of two countries: Catalan streets with the number behind them, and a district of Shenzhen. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AddressResolver } from '../../server/address/resolver.ts';
import { gazetteerOf } from '../../server/region/gazetteer.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { extracts, haveExtracts } from '../region/extracts.ts';
import { resolverOf } from './resolver.ts';

describe.skipIf(!haveExtracts)('addresses of real extracts (skipped without ../shared/data)', () => {
  let andorra: AddressResolver;
  let shenzhen: AddressResolver;
  beforeAll(async () => {
    andorra = resolverOf(gazetteerOf(await importOsm(extracts.andorra)));
    shenzhen = resolverOf(gazetteerOf(await importOsm(extracts.shenzhen)));
  }, 60_000);

  it.each([
    ['Avinguda Meritxell 55', /^Avinguda Meritxell 55,/],
    ['av. meritxel', /^Avinguda Meritxell/],
    ['Avinguda de Tarragona', /^Avinguda de Tarragona/],
    ['CARRER PRAT DE LA CREU', /^carrer Prat de la Creu/i],
    ['Escaldes-Engordany, Avinguda Carlemany 30', /^Avinguda Carlemany 30,.*Escaldes-Engordany$/],
    ['La Massana', /^La Massana$/],
    ['sant julia de loria', /^Sant Julià de Lòria$/],
    ['hotel plaza andorra', /^Hotel Plaza Andorra/i],
    ['sispony', /^Sispony, La Massana/],
  ])('Andorra: %s', (text, label) => {
    const { items } = andorra.resolve(text, { limit: 3 });
    expect(items[0]?.label).toMatch(label);
  });

  it.each([
    ['龙翔大道', '龙翔大道'],
    ['龙祥大道', '龙翔大道'],
    ['深圳市龙岗区大运城派出所', '大运城派出所'],
    ['爱联', '爱联'],
    ['longxiangdadao', '龙翔大道'],
    ['黄阁路12号', '黄阁路'],
  ])('Shenzhen: %s', (text, name) => {
    const { items, elsewhere } = shenzhen.resolve(text, { limit: 3 });
    expect(elsewhere).toBeNull();
    expect(items[0]?.label.split(' ').at(-1)).toBe(name);
  });

  it('Shenzhen: another city is elsewhere', () => {
    expect(shenzhen.resolve('湖南省长沙市岳麓区', { limit: 3 }).elsewhere?.name).toBe('湖南省长沙市岳麓区');
  });
});
