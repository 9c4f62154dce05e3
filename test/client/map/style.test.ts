import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sceneStyle } from '../../../client/map/engine/scene-style.ts';
import { layersOf } from '../../../client/map/layers/index.ts';
import { locateOverlay } from '../../../client/map/layers/locate.ts';
import { defaultSwitches, type MapScene } from '../../../client/map/scene.ts';
import { UnitSlots } from '../../../client/map/sources/unit-slots.ts';
import { contrastRatio, themeColors } from '../../../client/ui/tokens.ts';
import { scaledSize } from '../../../client/map/basemap/scale.ts';
import { basemapPalettes } from '../../../client/map/basemap/palette.ts';
import { placeKinds } from '../../../server/contract/place.ts';
import { icons } from '../../../client/ui/icons/icons.ts';
import { unitKinds, unitStates } from '../../../client/map/sources/unit-slots.ts';
import * as contract from '../../../server/contract/unit.ts';

const scene = (more: Partial<MapScene> = {}): MapScene => ({
  tilesUrl: '/tiles/basemap.pmtiles?v=1',
  theme: 'dark',
  lang: 'zh',
  nowAt: 0,
  units: new UnitSlots(),
  incidents: [],
  sightings: [],
  posterior: null,
  stations: [],
  jurisdictions: [],
  places: [],
  segments: [],
  cameras: [],
  closures: [],
  nearest: null,
  routes: [],
  isochrone: null,
  selection: null,
  switches: defaultSwitches,
  ...more,
});
const styleOf = (more: Partial<MapScene> = {}) =>
  sceneStyle(scene(more), {
    origin: 'https://centre.example',
    fonts: undefined,
    other: new Map(),
    corners: [
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
    ],
  });

describe('style', () => {
  const variants = (['dark', 'light'] as const).flatMap(theme =>
    (['zh', 'en'] as const).flatMap(lang =>
      [true, false].map(buildings3d => ({
        theme,
        lang,
        switches: { ...defaultSwitches, buildings3d },
        overlay: buildings3d ? locateOverlay : null,
      })),
    ),
  );

  it.each(variants)('is sound: unique layers, known sources, one origin ($theme, $lang)', variant => {
    const style = styleOf(variant);
    const ids = style.layers.map(layer => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const layer of style.layers) {
      if ('source' in layer) expect(Object.keys(style.sources)).toContain(layer.source);
    }
    const urls = JSON.stringify(style).match(/https?:\/\/[^"/]+/g) ?? [];
    expect(new Set(urls)).toEqual(new Set(['https://centre.example']));
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
  });

  it('puts operational areas under the names and operational marks over them', () => {
    const ids = styleOf({ overlay: locateOverlay }).layers.map(layer => layer.id);
    const firstName = ids.indexOf('road-label-minor');
    expect(ids.indexOf('sighting-areas-fill')).toBeLessThan(firstName);
    expect(ids.indexOf('surface')).toBeLessThan(firstName);
    expect(ids.indexOf('sightings-mark')).toBeGreaterThan(ids.indexOf('city-label'));
  });

  it('keeps every operational layer hit-testable where it says so', () => {
    const ids = styleOf({ overlay: locateOverlay }).layers.map(layer => layer.id);
    for (const layer of layersOf({ overlay: locateOverlay })) {
      for (const hit of layer.hit?.layers ?? []) expect(ids).toContain(hit);
    }
  });

  it('draws whereabouts and plan only where a page brings them', () => {
    const drawn = (overlay: MapScene['overlay']) =>
      styleOf({ overlay: overlay ?? null }).layers.filter(({ id }) =>
        /^(regions|ranked|plan|searched)-/.test(id),
      );
    expect(drawn(null)).toEqual([]);
    expect(drawn(locateOverlay).length).toBeGreaterThan(8);
    const ids = styleOf({ overlay: locateOverlay }).layers.map(layer => layer.id);
    expect(ids.indexOf('ranked-places-mark')).toBeLessThan(ids.indexOf('sightings-mark'));
    expect(ids.indexOf('surface')).toBeGreaterThan(ids.indexOf('sighting-areas-fill'));
    expect(ids.indexOf('surface')).toBeLessThan(ids.indexOf('regions-edge-50'));
  });

  it('carries the features of the scene, so that a change of theme blanks nothing', () => {
    const stations = [
      { id: 's', name: '城关派出所', nameEn: 'Chengguan', position: [103, 24] as [number, number] },
    ];
    const { stations: source } = styleOf({ stations, lang: 'en' }).sources;
    expect(source).toMatchObject({ data: { features: [{ properties: { id: 's', name: 'Chengguan' } }] } });
  });

  it('has an icon for every kind of place', () => {
    for (const kind of placeKinds) expect(Object.keys(icons)).toContain(`place-${kind}`);
  });

  it('knows the unit kinds and states of the contract, in the contract’s order', () => {
    expect(unitKinds).toEqual(contract.unitKinds);
    expect(unitStates).toEqual(contract.unitStates);
  });
});

describe('scale', () => {
  it('multiplies sizes and leaves zooms and tests alone', () => {
    expect(scaledSize(12, 2)).toBe(24);
    expect(scaledSize(['interpolate', ['linear'], ['zoom'], 10, 11, 16, 14], 2)).toEqual([
      'interpolate',
      ['linear'],
      ['zoom'],
      10,
      22,
      16,
      28,
    ]);
    expect(scaledSize(['case', ['get', 'selected'], 9, ['get', 'busy'], 8, 6], 2)).toEqual([
      'case',
      ['get', 'selected'],
      18,
      ['get', 'busy'],
      16,
      12,
    ]);
    expect(scaledSize(['match', ['get', 'class'], 'village', 11, 10], 2)).toEqual([
      'match',
      ['get', 'class'],
      'village',
      22,
      20,
    ]);
    expect(scaledSize(['step', ['zoom'], 1, 12, 2], 2)).toEqual(['step', ['zoom'], 2, 12, 4]);
  });

  it('reaches every size of the style', () => {
    const sizesOf = (scale: number) =>
      styleOf({ scale }).layers.flatMap(layer => {
        const { layout, paint } = layer as {
          layout?: Record<string, unknown>;
          paint?: Record<string, unknown>;
        };
        const natural = layout?.['icon-image'] && !layout['icon-text-fit'] ? 1 : undefined;
        return [layout?.['text-size'], layout?.['icon-size'] ?? natural, paint?.['circle-radius']].filter(
          size => size !== undefined,
        );
      });
    const [plain, large] = [sizesOf(1), sizesOf(2)];
    expect(large).toHaveLength(plain.length);
    plain.forEach((size, index) => expect(large[index]).not.toEqual(size));
  });
});

describe('tokens', () => {
  const css = readFileSync(new URL('../../../client/ui/tokens.css', import.meta.url), 'utf8');

  it.each(['dark', 'light'] as const)('%s: the style sheet says the same as the values', theme => {
    const block = css.slice(css.search(new RegExp(`:root\\[data-theme=.${theme}.\\]`))).split('}')[0]!;
    const inCss = Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(match => [match[1], match[2]]),
    );
    expect(inCss).toEqual(themeColors[theme]);
  });

  it.each(['dark', 'light'] as const)(
    '%s: text, levels and states have contrast 4.5 on every surface up to 2, and on the map',
    theme => {
      const colors = themeColors[theme];
      const inks = Object.keys(colors).filter(name =>
        /^(text|risk|state|ok|warn|bad|accent)/.test(name),
      ) as (keyof typeof colors)[];
      for (const ink of inks) {
        for (const ground of ['bg', 'surface-1', 'surface-2'] as const) {
          expect(contrastRatio(colors[ink], colors[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(
            4.5,
          );
        }
        expect(
          contrastRatio(colors[ink], basemapPalettes[theme].land),
          `${ink} on the map`,
        ).toBeGreaterThanOrEqual(4.5);
      }
      for (const risk of ['extraHigh', 'high', 'medium', 'low'] as const) {
        expect(contrastRatio(colors['on-risk'], colors[`risk-${risk}`])).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
