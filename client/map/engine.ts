/**
 * The map itself: the only place that holds MapLibre, with its helpers in `engine/`. Made once and kept for the life
 * of the page; it is given scenes (values) and gives back what the operator points at.
 */
import type { FeatureCollection } from 'geojson';
import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { fontFacesIfNeeded } from './basemap/fonts.ts';
import { basemapSource } from './basemap/roads.ts';
import { Camera, type CameraView } from './engine/camera.ts';
import { DataPump } from './engine/data-pump.ts';
import { IncidentMarkers } from './engine/incident-markers.ts';
import { MeasureTool } from './engine/measure-tool.ts';
import { sceneStyle, styleInputs } from './engine/scene-style.ts';
import { nowhere, SurfaceImage } from './engine/surface-image.ts';
import { targetAt } from './engine/pointing.ts';
import { UnitsView } from './engine/units-view.ts';
import { addMapImages } from './images/map-images.ts';
import { markImage } from './images/mark-image.ts';
import { layersOf } from './layers/index.ts';
import { type MapLayer, minuteOf } from './layers/layer.ts';
import { parseMarkName } from './layers/mark-images.ts';
import { measureSource } from './layers/measure.ts';
import { type LngLat, type MapScene, type MapTarget, withoutTraces } from './scene.ts';
import { type IncidentMark, incidentMarks } from './sources/incidents.ts';
import { words } from './words.ts';

maplibregl.setWorkerUrl(workerUrl);
maplibregl.addProtocol('pmtiles', new Protocol().tile);

export interface MapCallbacks {
  onSelect?: ((target: MapTarget) => void) | undefined;
  /** Null when the pointer has left what it pointed at. `at` is css px in the map. */
  onHover?: ((target: MapTarget | null, at: { x: number; y: number }) => void) | undefined;
  onCamera?: ((view: CameraView) => void) | undefined;
  onMeasure?: ((state: { active: boolean; lengthM: number }) => void) | undefined;
  /** The operator has moved the map away from the followed unit. */
  onFollowEnd?: (() => void) | undefined;
}

export interface EngineOptions {
  /** Where the map is hung in at first; it must have its size, or the first view would be fitted to nothing. */
  host: HTMLElement;
  scene: MapScene;
  /** Still mode: no easing, no sliding, no fading. */
  still: boolean;
  /** What the map shows at first: south-west and north-east corner. */
  bounds: [LngLat, LngLat];
}

export class MapEngine {
  /** The map's element; whoever shows the map hangs it in. */
  readonly element = document.createElement('div');
  readonly camera: Camera;
  readonly measure: MeasureTool;
  private readonly map: maplibregl.Map;
  private readonly pump: DataPump;
  private readonly incidents: IncidentMarkers;
  private readonly units: UnitsView;
  private readonly surface: SurfaceImage;
  /** Data of sources that are not the scene's: names, clusters, the measuring line. */
  private readonly other = new Map<string, FeatureCollection>();
  private readonly seen = new Map<string, readonly unknown[]>();
  private callbacks: MapCallbacks = {};
  private scene: MapScene;
  private fonts: Awaited<ReturnType<typeof fontFacesIfNeeded>>;
  private unsubscribe: (() => void) | null = null;
  private unitsFrame = 0;
  private hoverFrame = 0;
  private pointer: maplibregl.MapMouseEvent | null = null;
  private hovering = false;

  constructor(options: EngineOptions) {
    this.scene = options.scene;
    this.element.className = 'jm-map-canvas';
    options.host.append(this.element);
    this.changed('style', styleInputs(options.scene));
    this.map = new maplibregl.Map({
      container: this.element,
      style: this.style(),
      bounds: options.bounds,
      fitBoundsOptions: { padding: 32 },
      attributionControl: false,
      reduceMotion: options.still,
      fadeDuration: options.still ? 0 : 200,
      maxPitch: 60,
    });
    this.pump = new DataPump(this.map);
    this.camera = new Camera(this.map, options.still);
    this.surface = new SurfaceImage(this.map, this.scene);
    this.measure = new MeasureTool(
      data => this.showOther(measureSource, data),
      state => {
        this.element.dataset.measuring = String(state.active);
        this.callbacks.onMeasure?.(state);
      },
    );
    this.incidents = new IncidentMarkers(this.map, id => this.callbacks.onSelect?.({ kind: 'incident', id }));
    this.units = new UnitsView(this.map, this.scene, options.still, (id, data) => this.showOther(id, data));
    this.wire();
    this.setScene(options.scene);
    void this.useFonts();
  }

  /** Shows another scene; only what changed by identity is touched. */
  setScene(scene: MapScene): void {
    const otherUnits = scene.units !== this.scene.units;
    this.scene = scene;
    this.measure.speak(scene.lang);
    if (this.changed('style', styleInputs(scene))) this.restyle();
    for (const layer of this.layers()) {
      if (this.changed(layer.id, layer.inputs(scene))) this.pump.set(layer.id, layer.features(scene));
    }
    if (this.changed('surface', scene.overlay?.surfaceInputs(scene) ?? [])) this.surface.show(scene);
    if (
      this.changed('incidents', [scene.incidents, scene.selection, scene.lang, scene.scale, minuteOf(scene)])
    )
      this.showIncidents();
    if (otherUnits || !this.unsubscribe) this.subscribe();
    this.units.update(
      scene,
      this.changed('units', [scene.units, scene.selection, scene.lang, scene.switches]),
    );
  }

  /** Who hears from the map from now on, in place of whoever did before. */
  listen(callbacks: MapCallbacks): void {
    this.callbacks = callbacks;
  }

  /** Keeps the unit in the middle until the operator moves the map; null ends it. */
  follow(unitId: string | null): void {
    this.camera.followed = unitId;
    this.keepUp();
  }

  /** Stops listening while the map is not shown and forgets all traces; `setScene` wakes it up again. */
  rest(): void {
    this.callbacks = {};
    this.follow(null);
    this.measure.clear();
    this.setScene(withoutTraces(this.scene));
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  dispose(): void {
    this.rest();
    cancelAnimationFrame(this.unitsFrame);
    cancelAnimationFrame(this.hoverFrame);
    this.incidents.dispose();
    this.units.dispose();
    this.map.remove();
    this.element.remove();
  }

  private wire(): void {
    this.map.setMissingStyleImageResolver(name => {
      if (this.map.hasImage(name)) return;
      const mark = parseMarkName(name);
      const made = this.scene.overlay?.image(name) ?? (mark && markImage(mark));
      if (made) this.map.addImage(name, made.image, made.options);
    });
    this.map.on('style.load', () => addMapImages(this.map, this.scene.theme));
    // For tests that look at the picture: they wait for this, not for a while.
    const noteLoaded = () => {
      if (!this.map.isSourceLoaded(basemapSource)) return;
      this.element.dataset.loaded = 'true';
      this.map.off('render', noteLoaded);
    };
    this.map.on('render', noteLoaded);
    // The restored style carries the data of the moment of loss; what came since is shown anew.
    this.map.on('webglcontextrestored', () => {
      this.seen.clear();
      void this.map.once('style.load').then(() => this.setScene(this.scene));
    });
    this.map.on('moveend', () => {
      this.units.update(this.scene, true);
      this.surface.follow();
    });
    this.map.on('move', () => this.callbacks.onCamera?.(this.camera.view()));
    this.map.on('resize', () => this.callbacks.onCamera?.(this.camera.view()));
    this.map.on('dragstart', () => this.endFollow());
    this.map.on('click', click => this.click(click));
    this.map.on('dblclick', click => {
      if (!this.measure.active) return;
      click.preventDefault();
      this.measure.finish();
    });
    this.map.on('mousemove', move => this.move(move));
    this.map.on('mouseout', () => this.hover(null, { x: 0, y: 0 }));
    // A tile that fails is asked for again as the map moves; nothing to tell the operator.
    this.map.on('error', failure => console.warn('map:', failure.error?.message));
    this.element.addEventListener('keydown', key => this.key(key));
  }

  /** One redraw per frame, however many batches came. */
  private subscribe(): void {
    this.unsubscribe?.();
    this.unsubscribe = this.scene.units.subscribe(() => {
      this.unitsFrame ||= requestAnimationFrame(() => {
        this.unitsFrame = 0;
        this.units.update(this.scene, false);
        this.keepUp();
      });
    });
  }

  private keepUp(): void {
    const { followed } = this.camera;
    const position = followed === null ? null : this.units.drawnAt(followed);
    if (position) this.camera.glideTo(position);
  }

  private endFollow(): void {
    if (this.camera.followed === null) return;
    this.camera.followed = null;
    this.callbacks.onFollowEnd?.();
  }

  private click({ point, lngLat }: maplibregl.MapMouseEvent): void {
    const position: LngLat = [lngLat.lng, lngLat.lat];
    if (this.measure.active) return this.measure.add(position);
    const target = targetAt(this.map, this.units, point, position, this.layers()) ?? {
      kind: 'point',
      position,
    };
    if (target.kind === 'cluster') this.camera.fit([...target.bounds]);
    else this.callbacks.onSelect?.(target);
  }

  /** Once per frame, with the newest place of the pointer. */
  private move(moved: maplibregl.MapMouseEvent): void {
    this.pointer = moved;
    this.hoverFrame ||= requestAnimationFrame(() => {
      this.hoverFrame = 0;
      const { point, lngLat } = this.pointer ?? moved;
      const position: LngLat = [lngLat.lng, lngLat.lat];
      if (this.measure.active) this.measure.hover(position);
      else if (!this.map.isMoving())
        this.hover(targetAt(this.map, this.units, point, position, this.layers()), point);
    });
  }

  private hover(target: MapTarget | null, at: { x: number; y: number }): void {
    this.element.dataset.pointing = String(target !== null);
    if (target || this.hovering) this.callbacks.onHover?.(target, { x: at.x, y: at.y });
    this.hovering = target !== null;
  }

  private key(key: KeyboardEvent): void {
    if (key.key === 'Escape' && (this.measure.active || this.measure.drawn)) this.measure.clear();
    else if (key.key === 'Enter' && this.measure.active) this.measure.finish();
    else if (key.key === 'n' && !key.ctrlKey && !key.metaKey && !key.altKey) this.camera.resetNorth();
    else return;
    key.preventDefault();
    key.stopPropagation();
  }

  private layers(): readonly MapLayer[] {
    return layersOf(this.scene);
  }

  private style(): maplibregl.StyleSpecification {
    return sceneStyle(this.scene, {
      origin: location.origin,
      fonts: this.fonts,
      other: this.other,
      corners: this.surface?.corners ?? nowhere,
    });
  }

  /** The new style carries all data; MapLibre applies only the difference. */
  private restyle(): void {
    this.map.setStyle(this.style(), { diff: true });
    // Without a style (a lost context) there is nothing to add to; it comes back with its own images.
    if (this.map.style) addMapImages(this.map, this.scene.theme);
  }

  private async useFonts(): Promise<void> {
    this.fonts = await fontFacesIfNeeded();
    if (this.fonts) this.map.setFontFaces(this.fonts);
  }

  private showOther(sourceId: string, data: FeatureCollection): void {
    this.other.set(sourceId, data);
    this.pump.set(sourceId, data);
  }

  private showIncidents(): void {
    const { incidents, selection, nowAt, lang, scale } = this.scene;
    const describe = (mark: IncidentMark) =>
      `${words[lang].incident} ${mark.number} · ${words[lang].risk[mark.risk]}${mark.title ? ` · ${mark.title}` : ''}`;
    this.incidents.update(incidentMarks(incidents, selection, nowAt, lang, scale), describe);
  }

  /** True when the inputs differ by identity from those of the last call with this key. */
  private changed(key: string, inputs: readonly unknown[]): boolean {
    const before = this.seen.get(key);
    this.seen.set(key, inputs);
    return (
      !before || before.length !== inputs.length || before.some((value, index) => value !== inputs[index])
    );
  }
}
