import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnNames, layerColumns, layerNames } from '../../server/contract/layer-columns.ts';
import { placeWords, unitWords } from '../../server/region/layer/kinds.ts';

const text = readFileSync(new URL('../../docs/layers.md', import.meta.url), 'utf8');
const sections = new Map(text.split('\n## ').map(part => [/^\S+ (\w+)/.exec(part)?.[1] ?? '', part]));

describe('docs/layers.md', () => {
  it.each(layerNames)('%s: every column by both names, with the example', layer => {
    const section = sections.get(layer);
    expect(section, `a section on ${layer}`).toBeDefined();
    for (const { column, required, example } of layerColumns[layer]) {
      const [name, title] = columnNames[column];
      expect(section).toContain(`${title} \`${name}\``);
      if (layer === 'jurisdictions') continue;
      expect(section).toContain(`| ${example} |`);
      expect(
        section!.includes(`\`${name}\` (optional)`),
        `${name} is ${required ? 'required' : 'optional'}`,
      ).toBe(!required);
    }
  });

  it('every kind of place and unit', () => {
    for (const kind of Object.keys(placeWords)) expect(sections.get('places')).toContain(`\`${kind}\``);
    for (const kind of Object.keys(unitWords)) expect(sections.get('units')).toContain(`\`${kind}\``);
  });
});
