/** The map in the page. Give it a scene on every render; it hands over only what changed. */
import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { MapEngine, type MapCallbacks } from './engine.ts';
import type { CameraView, FitOptions } from './engine/camera.ts';
import { MapControls } from './map-controls.tsx';
import type { LngLat, MapScene } from './scene.ts';
import { words } from './words.ts';

export interface MapHandle {
  fit(positions: readonly LngLat[], options?: FitOptions): void;
  flyTo(position: LngLat, zoom?: number): void;
  /** Keeps a unit in the middle until the operator drags the map; null ends it. */
  follow(unitId: string | null): void;
  zoomBy(steps: number): void;
  resetNorth(): void;
  startMeasure(): void;
  clearMeasure(): void;
}

export interface MapViewProps extends MapCallbacks {
  scene: MapScene;
  /** Where the map opens, and what the 'whole region' button shows: [west, south, east, north]. */
  home: readonly [number, number, number, number];
  /** Whose data the base map is; licences ask for it on screen. */
  attribution: string;
  /** No animation at all, also without the system's preference for less motion. */
  still?: boolean;
  /** Hides the buttons, for the wall. */
  bare?: boolean;
  ref?: Ref<MapHandle>;
}

/**
 * One engine outlives the pages that show it: building a map takes a second and browsers allow few GL contexts.
 * It waits here while no page shows a map.
 */
let resting: MapEngine | null = null;

export function MapView({
  scene,
  home,
  attribution,
  still = false,
  bare = false,
  ref,
  ...callbacks
}: MapViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const [view, setView] = useState<CameraView | null>(null);
  const [measuring, setMeasuring] = useState(false);

  // The engine is a thing outside of React: it is fetched once, at mount, with whatever the scene is then.
  const first = useRef({ scene, home, still });
  useEffect(() => {
    if (!host.current) return;
    const taken = resting ?? openEngine(host.current, first.current);
    resting = null;
    host.current.append(taken.element);
    setEngine(taken);
    setView(taken.camera.view());
    return () => {
      taken.rest();
      taken.element.remove();
      if (resting) taken.dispose();
      else resting = taken;
    };
  }, []);

  // Before the handle is given out: a move that it asks for at once must already be heard.
  useLayoutEffect(() => {
    if (!engine) return;
    engine.listen({
      ...callbacks,
      onCamera: shown => {
        setView(shown);
        callbacks.onCamera?.(shown);
      },
      onMeasure: state => {
        setMeasuring(state.active);
        callbacks.onMeasure?.(state);
      },
    });
  });
  useEffect(() => engine?.setScene(scene), [engine, scene]);

  useImperativeHandle(
    ref,
    () => ({
      fit: (positions, options) => engine?.camera.fit(positions, options),
      flyTo: (position, zoom) => engine?.camera.flyTo(position, zoom),
      follow: unitId => engine?.follow(unitId),
      zoomBy: steps => engine?.camera.zoomBy(steps),
      resetNorth: () => engine?.camera.resetNorth(),
      startMeasure: () => engine?.measure.start(),
      clearMeasure: () => engine?.measure.clear(),
    }),
    [engine],
  );

  return (
    <section className="jm-map" aria-label={words[scene.lang].map}>
      <div ref={host} className="jm-map-host" />
      {engine && view && (
        <MapControls
          lang={scene.lang}
          view={view}
          attribution={attribution}
          bare={bare}
          scale={scene.scale ?? 1}
          measuring={measuring}
          onZoom={steps => engine.camera.zoomBy(steps)}
          onNorth={() => engine.camera.resetNorth()}
          onHome={() => engine.camera.fit(corners(home))}
          onMeasure={() => (measuring ? engine.measure.clear() : engine.measure.start())}
        />
      )}
    </section>
  );
}

function openEngine(
  host: HTMLElement,
  { scene, home, still }: Pick<MapViewProps, 'scene' | 'home'> & { still: boolean },
): MapEngine {
  const lessMotion = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
  const asked = new URLSearchParams(location.search).get('motion') === '0';
  return new MapEngine({ host, scene, still: still || lessMotion || asked, bounds: corners(home) });
}

function corners(home: MapViewProps['home']): [LngLat, LngLat] {
  return [
    [home[0], home[1]],
    [home[2], home[3]],
  ];
}
