/**
 * The map itself: the only place that holds MapLibre. Made once and kept for the life of the page; it is given
 * scenes (values) and gives back what the operator points at.
 */
import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import { Protocol } from 'pmtiles';
import { fontFacesIfNeeded } from './basemap/fonts.ts';
import { DataPump } from './engine/data-pump.ts';
import { IncidentMarkers } from './engine/incident-markers.ts';
import { MeasureTool } from './engine/measure-tool.ts';
import { type Corners, sceneStyle, styleInputs, surfaceSource } from './engine/scene-style.ts';
import { UnitsView } from './engine/units-view.ts';
import { addMapImages } from './images/map-images.ts';
import { markImage } from './images/mark-image.ts';
import { heat } from './layers/heat.ts';
import { sceneLayers } from './layers/index.ts';
import { measureSource } from './layers/measure.ts';
import { parseMarkName } from './layers/mark-images.ts';
import { minuteOf } from './layers/layer.ts';
import type { LngLat, MapScene, MapTarget } from './scene.ts';
import { collection } from './sources/features.ts';
import { incidentMarks } from './sources/incidents.ts';
import { surfaceOf } from './sources/posterior.ts';

maplibregl.setWorkerUrl(workerUrl);
const tiles = new Protocol();
maplibregl.addProtocol('pmtiles', tiles.tile);

export interface CameraView {
  center: LngLat;
  zoom: number;
  bearingDeg: number;
  /** Ground metres per css px in the middle of the map, for the scale bar. */
  metresPerPx: number;
}

export interface MapCallbacks {
  onSelect?: (target: MapTarget) => void;
  /** Null when the pointer leaves what it pointed at. `at` is css px in the map. */
  onHover?: (target: MapTarget | null, at: { x: number; y: number }) => void;
  onCamera?: (view: CameraView) => void;
  onMeasure?: (state: { active: boolean; lengthM: number }) => void;
  /** The operator moved the map away from the followed unit. */
  onFollowEnd?: () => void;
}

export interface EngineOptions {
  scene: MapScene;
  /** Still mode: no easing, no sliding, no fading. */
  still: boolean;
  center: LngLat;
  zoom: number;
}

const hitRadiusPx = 16;
const nowhere: Corners = [
  [0, 0.001],
  [0.001, 0.001],
  [0.001, 0],
  [0, 0],
];

export class MapEngine {
  /** The map's element; the component that shows the map hangs it in. */
  readonly element = document.createElement('div');
  callbacks: MapCallbacks = {};
  private readonly map: maplibregl.Map;
  private readonly still: boolean;
  private readonly pump: DataPump;
  private readonly incidents: IncidentMarkers;
  private readonly units: UnitsView;
  private readonly measure: MeasureTool;
  /** Data of sources that are not the scene's: names, clusters, the measuring line. */
  private readonly other = new Map<string, FeatureCollection>();
  private readonly shownInputs = new Map<string, readonly unknown[]>();
  private scene: MapScene;
  private corners: Corners = nowhere;
  private fonts: Awaited<ReturnType<typeof fontFacesIfNeeded>>;
  private followed: string | null = null;
  private unsubscribe = (): void => {};
  private frame = 0;
  private hoverFrame = 0;

  constructor(options: EngineOptions) {
    this.scene = options.scene;
    this.still = options.still;
    this.element.className = 'jm-map-canvas';
    this.map = new maplibregl.Map({
      container: this.element,
      style: this.style(),
      center: options.center,
      zoom: options.zoom,
      attributionControl: false,
      reduceMotion: options.still,
      fadeDuration: options.still ? 0 : 200,
      maxPitch: 60,
      dragRotate: true,
    });
    this.pump = new DataPump(this.map);
    this.map.setMissingStyleImageResolver(name => this.paintMark(name));
    this.map.on('style.load', () => addMapImages(this.map, this.scene.theme));
    this.map.on('webglcontextrestored', () => this.map.once('idle', () => this.showAll()));
    this.measure = new MeasureTool(
      data => this.showOther(measureSource, data),
      state => this.callbacks.onMeasure?.(state),
    );
    this.incidents = new IncidentMarkers(this.map, id => this.callbacks.onSelect?.({ kind: 'incident', id }));
    this.units = new UnitsView(this.map, this.scene, this.still, (id, data) => this.showOther(id, data));
    this.listen();
    this.setScene(options.scene);
    void this.useFonts();
  }

  /** Shows another scene; only what changed by identity is touched. */
  setScene(scene: MapScene): void {
    const restyle = differ(this.remember('style', styleInputs(scene)));
    if (scene.units !== this.scene.units || this.unsubscribe.length === 0) this.subscribe(scene);
    this.scene = scene;
    this.measure.lang = scene.lang;
    if (restyle) this.restyle();
    for (const layer of sceneLayers) {
      if (differ(this.remember(layer.id, layer.inputs(scene)))) this.pump.set(layer.id, layer.features(scene));
    }
    if (differ(this.remember('surface', [scene.posterior?.cells, scene.theme, scene.switches.posterior]))) this.showSurface();
    const incidentInputs = [scene.incidents, scene.selection, scene.lang, minuteOf(scene)];
    if (differ(this.remember('incidents', incidentInputs))) this.showIncidents();
    this.units.update(scene, true);
  }
}
