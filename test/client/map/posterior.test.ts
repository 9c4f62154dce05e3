import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heat } from '../../../client/map/layers/heat.ts';
import { locateOverlay } from '../../../client/map/layers/locate.ts';
import type { LngLat, MapBelievedPlace, MapPosterior } from '../../../client/map/scene.ts';
import { earthM, mercatorX, mercatorY } from '../../../client/map/sources/mercator.ts';
import {
  rankedPlaceFeatures,
  regionFeatures,
  searchedFeatures,
  surfacePoints,
} from '../../../client/map/sources/posterior.ts';
import { shareText } from '../../../client/map/sources/share-text.ts';
import { glowPx, paintSurface, type SurfaceFrame } from '../../../client/map/sources/surface.ts';
import { contrastRatio, themeColors } from '../../../client/ui/tokens.ts';
import { blend, deuteranope, hexOf } from './vision.ts';

const place = (placeId: string, poa: number, more: Partial<MapBelievedPlace> = {}): MapBelievedPlace => ({
  placeId,
  kind: 'bank',
  name: placeId.toUpperCase(),
  position: [103.3, 24.8],
  path: null,
  poa,
  searched: null,
  ...more,
});
const road: LngLat[] = [
  [103.3, 24.8],
  [103.303, 24.8],
  [103.303, 24.8015],
];
const area = { type: 'Polygon' as const, coordinates: [road] };
const posterior = (more: Partial<MapPosterior> = {}): MapPosterior => ({ regions: [], places: [], ...more });

describe('regions', () => {
  it('lie one on the other, the widest first', () => {
    const regions = [0.5, 0.95, 0.8].map(share => ({ share, geometry: area }));
    const drawn = regionFeatures(posterior({ regions }));
    expect(drawn.map(one => one.properties)).toMatchObject([
      { share: 0.95, text: '95%' },
      { share: 0.8, text: '80%' },
      { share: 0.5, text: '50%' },
    ]);
    expect(regionFeatures(null)).toEqual([]);
  });
});

describe('ranked places', () => {
  it('carry rank, share and name; lines are drawn as such with their number in the middle', () => {
    const places = [place('a', 0.23, { path: road, kind: 'industrialRoad' }), place('b', 0.004)];
    expect(rankedPlaceFeatures(posterior({ places })).map(one => one.properties)).toMatchObject([
      { role: 'line', rank: 1 },
      { role: 'mark', rank: 1, text: '23%  A' },
      { role: 'mark', rank: 2, text: '<1%  B' },
    ]);
  });

  it('are as many as can be told apart and are worth it', () => {
    const marks = (poa: number) =>
      rankedPlaceFeatures(posterior({ places: Array.from({ length: 30 }, (_, i) => place(`p${i}`, poa)) }))
        .length;
    expect([0.02, 0.001].map(marks)).toEqual([8, 3]);
    expect(rankedPlaceFeatures(null)).toEqual([]);
  });

  it('never claim nothing for something', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), share => {
        expect(shareText(share)).not.toBe('0%');
      }),
    );
    expect([0, 0.0099, 0.01, 0.314, 1].map(shareText)).toEqual(['0%', '<1%', '1%', '31%', '100%']);
  });
});

describe('what was searched', () => {
  it('says when, in the time of the county, and how well', () => {
    const searched = { at: Date.parse('2026-11-22T01:41:00Z'), pod: 0.8 };
    const places = [
      place('a', 0.1, { searched }),
      place('b', 0.1, { searched, path: road }),
      place('c', 0.1),
    ];
    const features = searchedFeatures(posterior({ places }));
    expect(features.map(one => [one.properties?.id, one.properties?.role])).toEqual([
      ['a', 'place'],
      ['b', 'line'],
      ['b', 'label'],
    ]);
    expect(features[0]?.properties?.text).toBe('09:41 · 80%');
  });
});

describe('the surface', () => {
  const frameAround = ([lng, lat]: LngLat, metresPerPx: number, sidePx: number): SurfaceFrame => {
    const pxPerWorld = (earthM * Math.cos((lat * Math.PI) / 180)) / metresPerPx;
    return {
      west: mercatorX(lng) - sidePx / 2 / pxPerWorld,
      north: mercatorY(lat) - sidePx / 2 / pxPerWorld,
      width: sidePx,
      height: sidePx,
      pxPerWorld,
      metresPerPx,
    };
  };
  const level = (value: number) => [Math.round(255 * value), 0, 0, 255] as const;
  const cells = { lng: [103.3, 103.31, 103.302], lat: [24.8, 24.8, 24.8], p: [0.5, 0.05, 0.3] };

  it('keeps all probability, however it is spread', () => {
    const spot = fc.record({ poa: fc.double({ min: 0, max: 0.1, noNaN: true }), isLine: fc.boolean() });
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 10 }), spots => {
        const places = spots.map(({ poa, isLine }, i) => place(`p${i}`, poa, { path: isLine ? road : null }));
        const { p } = surfacePoints(posterior({ places, cells }));
        const expected = 0.85 + spots.reduce((sum, { poa }) => sum + poa, 0);
        expect(p.reduce((sum, one) => sum + one, 0)).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('spreads a line along itself, corner and all', () => {
    const { x, y } = surfacePoints(posterior({ places: [place('a', 1, { path: road })] }));
    expect(x.length).toBeGreaterThan(8);
    for (let i = 0; i < x.length; i++) {
      const onFirst = Math.abs(y[i]! - mercatorY(24.8)) < 1e-9 && x[i]! <= mercatorX(103.303) + 1e-9;
      const onSecond = Math.abs(x[i]! - mercatorX(103.303)) < 1e-9 && y[i]! <= mercatorY(24.8) + 1e-9;
      expect(onFirst || onSecond).toBe(true);
    }
  });

  it('is brightest where most of the probability lies, at the right place', () => {
    const frame = frameAround([103.3, 24.8], 10, 200);
    const surface = paintSurface(surfacePoints(posterior({ cells })), frame, level)!;
    let peak = 0;
    for (let i = 0; i < surface.width * surface.height; i++)
      if (surface.pixels[4 * i]! > surface.pixels[4 * peak]!) peak = i;
    expect(Math.abs((peak % 200) - 100)).toBeLessThanOrEqual(1);
    expect(Math.abs(Math.floor(peak / 200) - 100)).toBeLessThanOrEqual(1);
    expect(surface.pixels[4 * peak]).toBe(255);
    const [nw, , se] = surface.corners;
    expect(nw[0] < 103.3 && se[0] > 103.3 && nw[1] > 24.8 && se[1] < 24.8).toBe(true);
  });

  it('has the same colour at a place whatever part of it is in the frame', () => {
    const points = surfacePoints(posterior({ cells }));
    const at = (frame: SurfaceFrame) => {
      const column = Math.round((mercatorX(103.3) - frame.west) * frame.pxPerWorld);
      const row = Math.round((mercatorY(24.8) - frame.north) * frame.pxPerWorld);
      return paintSurface(points, frame, level)!.pixels[4 * (row * frame.width + column)];
    };
    const whole = frameAround([103.3, 24.8], 10, 400);
    const part = { ...whole, width: 230, height: 230 };
    expect(at(part)).toBe(at(whole));
  });

  it('shows half of the probability in its brighter half', () => {
    const lng = Array.from({ length: 100 }, (_, i) => 103.3 + 0.002 * (i % 10));
    const lat = Array.from({ length: 100 }, (_, i) => 24.8 + 0.002 * Math.floor(i / 10));
    const p = Array.from({ length: 100 }, (_, i) => (i + 1) / 5050);
    const frame = frameAround([103.309, 24.809], 10, 400);
    const { pixels } = paintSurface(surfacePoints(posterior({ cells: { lng, lat, p } })), frame, level)!;
    const bright = p.filter((_, i) => {
      const column = Math.round((mercatorX(lng[i]!) - frame.west) * frame.pxPerWorld);
      const row = Math.round((mercatorY(lat[i]!) - frame.north) * frame.pxPerWorld);
      return pixels[4 * (row * 400 + column)]! >= 127;
    });
    expect(bright.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0.5, 1);
  });

  it('glows over its road in the street and as a dab from afar', () => {
    expect(glowPx(1)).toBe(75);
    expect(glowPx(1000)).toBeGreaterThan(4);
  });

  it('is not there without probability', () => {
    const nothing = surfacePoints(posterior());
    expect(paintSurface(nothing, frameAround([103, 24], 10, 50), level)).toBeNull();
    const frame = frameAround([103, 24], 10, 50);
    const scene = { posterior: null, theme: 'dark', switches: { posterior: true } };
    expect(locateOverlay.surface(scene as never, frame)).toBeNull();
  });
});

describe('colours of the probability', () => {
  it.each(['dark', 'light'] as const)('only grow denser, for the colour-blind too (%s)', theme => {
    const steps = Array.from({ length: 21 }, (_, i) => heat[theme].ramp(i / 20));
    const alphas = steps.map(([, , , a]) => a);
    expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
    expect(alphas[0]).toBe(0);
    const ground = themeColors[theme].bg;
    for (const seen of [(rgb: [number, number, number]) => rgb, deuteranope]) {
      const contrast = steps.map(step => contrastRatio(hexOf(seen(blend(step, ground))), ground));
      contrast.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(contrast[i]! - 0.02));
      expect(contrast.at(-1)).toBeGreaterThan(4.5);
    }
  });
});
