import type { FeatureCollection } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { DataPump } from '../../../client/map/engine/data-pump.ts';
import { collection, point } from '../../../client/map/sources/features.ts';

const numbered = (n: number) => collection([point([n, 0], { n })]);

/** A map with one source whose updates end when the test says so. */
function fakeMap() {
  const taken: FeatureCollection[] = [];
  const endings: (() => void)[] = [];
  let present = true;
  let loaded = () => {};
  const source = {
    setData: (data: FeatureCollection) => {
      taken.push(data);
      return new Promise<void>(resolve => endings.push(resolve));
    },
  };
  const map = {
    style: {},
    getSource: () => (present ? source : undefined),
    on: (_: string, listener: () => void) => {
      loaded = listener;
    },
  };
  return {
    map: map as unknown as MapLibreMap,
    taken,
    end: async () => {
      endings.shift()?.();
      await new Promise(resolve => setTimeout(resolve));
    },
    unload: () => {
      present = false;
    },
    load: () => {
      present = true;
      loaded();
    },
  };
}

describe('DataPump', () => {
  it('has one update in flight and skips to the newest', async () => {
    const { map, taken, end } = fakeMap();
    const pump = new DataPump(map);
    for (const n of [1, 2, 3, 4]) pump.set('units', numbered(n));
    expect(taken).toEqual([numbered(1)]);
    await end();
    expect(taken).toEqual([numbered(1), numbered(4)]);
    await end();
    pump.set('units', numbered(5));
    expect(taken).toEqual([numbered(1), numbered(4), numbered(5)]);
  });

  it('keeps what comes while the style is away and shows it when it is back', () => {
    const { map, taken, unload, load } = fakeMap();
    const pump = new DataPump(map);
    unload();
    pump.set('units', numbered(1));
    pump.set('units', numbered(2));
    expect(taken).toEqual([]);
    load();
    expect(taken).toEqual([numbered(2)]);
  });
});
