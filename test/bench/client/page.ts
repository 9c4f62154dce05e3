/** The page of `bench:client`: the product's map under load, or the plain way beside it, with draws left out. */
import 'maplibre-gl/dist/maplibre-gl.css';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { MapEngine } from '../../../client/map/engine.ts';
import { locateOverlay } from '../../../client/map/layers/locate.ts';
import { defaultSwitches, type LngLat, type MapScene } from '../../../client/map/scene.ts';
import { UnitSlots } from '../../../client/map/sources/unit-slots.ts';
import { createRandom, type Random } from '../../../server/domain/random.ts';

/** What the runner asks for. */
export interface Load {
  way: 'slots' | 'geojson';
  units: number;
  /** Of real time, after a warm-up of two. */
  seconds: number;
  seed: number;
}
/** Milliseconds of the main thread: of each frame's callbacks, and of each second's new fixes. */
export interface Taken {
  frames: number[];
  ticks: number[];
}

const west = 102.4;
const south = 24.9;
const widthDeg = 0.5;
const traceVertices = 50_000;
const labels = 300;
const incidents = 200;
const cells = 5000;
const startAt = Date.UTC(2026, 10, 23);
const second = 1000;

leaveOutDraws();

/** Drawing costs nothing here: without a graphics card it would say nothing of a wall's machine. */
function leaveOutDraws(): void {
  const gl = WebGL2RenderingContext.prototype;
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced'] as const)
    gl[name] = () => undefined;
}

const somewhere = (random: Random): LngLat => [
  west + widthDeg * random.next(),
  south + widthDeg * random.next(),
];

/** A walk of short steps: a trace, a route. */
function walk(random: Random, count: number): LngLat[] {
  let at = somewhere(random);
  return Array.from({ length: count }, () => {
    at = [at[0] + (random.next() - 0.5) * 1e-3, at[1] + (random.next() - 0.5) * 1e-3];
    return at;
  });
}

function sceneOf(units: UnitSlots, random: Random): MapScene {
  const column = () => Float64Array.from({ length: cells }, () => random.next());
  return {
    tilesUrl: '/none.pmtiles',
    theme: 'dark',
    lang: 'zh',
    nowAt: startAt,
    units,
    incidents: Array.from({ length: incidents }, (_, i) => ({
      id: `i${i}`,
      position: somewhere(random),
      risk: (['extraHigh', 'high', 'medium', 'low'] as const)[i % 4]!,
      number: i + 1,
      openedAt: startAt - i * 60 * second,
    })),
    sightings: [],
    posterior: {
      regions: [],
      cells: {
        lng: column().map(x => west + widthDeg * x),
        lat: column().map(x => south + widthDeg * x),
        p: column(),
      },
      places: [],
    },
    overlay: locateOverlay,
    stations: [],
    jurisdictions: [],
    places: Array.from({ length: labels }, (_, i) => ({
      id: `p${i}`,
      kind: 'bank' as const,
      name: `网点${i}`,
      position: somewhere(random),
    })),
    segments: [],
    cameras: [],
    closures: [],
    nearest: null,
    routes: [{ unitId: 'u0', path: walk(random, traceVertices), proposed: false }],
    isochrone: null,
    selection: null,
    switches: { ...defaultSwitches, places: true },
  };
}

/** Positions of all units, moved a step on each call. */
class Fleet {
  readonly #at: LngLat[];
  readonly #course: number[];
  readonly #random: Random;

  constructor(count: number, random: Random) {
    this.#random = random;
    this.#at = Array.from({ length: count }, () => somewhere(random));
    this.#course = this.#at.map(() => 360 * random.next());
  }

  step(each: (unit: number, at: LngLat, courseDeg: number) => void): void {
    for (const [unit, at] of this.#at.entries()) {
      const course = this.#course[unit]! + (this.#random.next() - 0.5) * 20;
      this.#course[unit] = course;
      at[0] += 1.2e-4 * Math.sin((course * Math.PI) / 180);
      at[1] += 1.1e-4 * Math.cos((course * Math.PI) / 180);
      each(unit, at, course);
    }
  }
}

interface Stage {
  engine: MapEngine;
  /** One second of everybody's new fixes. */
  tick(nowAt: number): void;
}

async function open({ way, units, seed }: Load): Promise<Stage> {
  const random = createRandom(seed);
  const slots = new UnitSlots();
  const scene = sceneOf(slots, random);
  const fleet = new Fleet(units, random.fork('fleet'));
  const bounds: [LngLat, LngLat] = [
    [west, south],
    [west + widthDeg, south + widthDeg],
  ];
  const engine = new MapEngine({
    host: document.querySelector<HTMLElement>('#host')!,
    scene,
    still: false,
    bounds,
  });
  const map = (engine as unknown as { map: MapLibreMap }).map;
  await map.once('style.load');
  if (way === 'slots') {
    for (let slot = 0; slot < units; slot++)
      slots.describe(slot, { id: `u${slot}`, callsign: `巡-${slot}`, kind: 'car', state: 'available' });
    const tick = (nowAt: number) => {
      fleet.step((slot, at, course) => slots.place(slot, at[0], at[1], nowAt, 12, course));
      slots.notify();
      engine.setScene({ ...scene, nowAt });
    };
    return { engine, tick };
  }
  map.addSource('plain', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({
    id: 'plain',
    type: 'circle',
    source: 'plain',
    paint: { 'circle-radius': 6, 'circle-color': '#45cf91' },
  });
  const source = map.getSource<GeoJSONSource>('plain')!;
  const tick = (nowAt: number) => {
    const features: GeoJSON.Feature[] = [];
    fleet.step((unit, at, course) =>
      features.push({
        type: 'Feature',
        properties: { id: `u${unit}`, state: 'available', course },
        geometry: { type: 'Point', coordinates: [...at] },
      }),
    );
    void source.setData({ type: 'FeatureCollection', features });
    engine.setScene({ ...scene, nowAt });
  };
  return { engine, tick };
}

/** Milliseconds of script in each frame: all callbacks that the browser runs for it, whoever asked for them. */
function watchFrames(frames: number[]): () => void {
  const ask = globalThis.requestAnimationFrame.bind(globalThis);
  let frame = Number.NaN;
  globalThis.requestAnimationFrame = callback =>
    ask(at => {
      const before = performance.now();
      callback(at);
      const took = performance.now() - before;
      if (at === frame) frames[frames.length - 1]! += took;
      else frames.push(took);
      frame = at;
    });
  return () => {
    globalThis.requestAnimationFrame = ask;
  };
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Runs a load for some seconds of real time. */
async function run(load: Load): Promise<Taken> {
  const taken: Taken = { frames: [], ticks: [] };
  const stop = watchFrames(taken.frames);
  const stage = await open(load);
  for (let n = -2; n < load.seconds; n++) {
    if (n === 0) taken.frames.length = taken.ticks.length = 0;
    const before = performance.now();
    stage.tick(startAt + n * second);
    taken.ticks.push(performance.now() - before);
    await pause(second);
  }
  stop();
  stage.engine.dispose();
  return taken;
}

let day: { stage: Stage; nowAt: number } | null = null;

/** Lives through `ticks` more seconds of a day with the product's way, ten to a frame. */
async function live(load: Load, ticks: number): Promise<void> {
  day ??= { stage: await open(load), nowAt: startAt };
  for (let n = 0; n < ticks; n++) {
    day.stage.tick((day.nowAt += second));
    if (n % 10 === 9) await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

Object.assign(globalThis, { bench: { run, live } });
