/** The units on screen: slides, looks, clusters and names, kept in step with slots and camera. */
import type { Feature } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { rgba, type Theme, themeColors } from '../../ui/tokens.ts';
import { atlasColumns, atlasRows, unitAtlas } from '../images/unit-atlas.ts';
import { clusterSource, unitLabelSource } from '../layers/unit-symbols.ts';
import type { LngLat, MapScene } from '../scene.ts';
import { type Clustering, clusterUnits, type View } from '../sources/clusters.ts';
import { collection } from '../sources/features.ts';
import { Glide } from '../sources/glide.ts';
import { unitAt } from '../sources/hit.ts';
import { mercator, metresPerDegree, writeOffsets } from '../sources/mercator.ts';
import { clusterFeatures, unitLabelFeatures } from '../sources/unit-labels.ts';
import { lookStride, writeLooks } from '../sources/unit-looks.ts';
import type { UnitSlots } from '../sources/unit-slots.ts';
import { UnitCanvas } from './unit-canvas.ts';

/** Names and clusters follow the units no faster than this; the marks themselves move every frame. */
const namesEveryMs = 900;
/** Of the world's width: about 80 km. */
const farFromOrigin = 0.002;

export class UnitsView {
  private readonly map: MapLibreMap;
  private readonly still: boolean;
  private readonly show: (sourceId: string, data: ReturnType<typeof collection>) => void;
  private readonly canvas: UnitCanvas;
  private readonly glide = new Glide();
  private readonly atlases = new Map<Theme, ImageData>();
  private scene: MapScene;
  private looks = new Float32Array(0);
  private offsets = new Float32Array(0);
  private origin: [number, number];
  private placed: UnitSlots | null = null;
  private placedVersion = -1;
  private frame = 0;
  private clustering: Clustering = { clusters: [], hidden: new Uint8Array(0), inView: 0 };
  private readonly shown = new Map<string, string>();
  private namedAtMs = 0;

  constructor(
    map: MapLibreMap,
    scene: MapScene,
    still: boolean,
    show: (sourceId: string, data: ReturnType<typeof collection>) => void,
  ) {
    this.map = map;
    this.scene = scene;
    this.still = still;
    this.show = show;
    this.origin = centerOf(map);
    this.canvas = new UnitCanvas(map, () => performance.now() / 1000 - this.glide.epochS);
  }

  /** Takes over new fixes. `regroup` also redoes clusters and names at once: after the camera or the scene changed. */
  update(scene: MapScene, regroup: boolean): void {
    // Another set of slots (a replay opened or left) is another world: nothing slides there from here.
    const smooth = !this.still && scene.units === this.scene.units;
    this.scene = scene;
    this.glide.advance(scene.units, performance.now() / 1000, smooth);
    if (regroup || performance.now() - this.namedAtMs > namesEveryMs) this.regroup();
    this.writeLooks();
    this.draw();
  }

  /** Where the unit's mark is drawn at this moment, or null when it has none. */
  drawnAt(unitId: string): LngLat | null {
    const slot = this.scene.units.slotOf(unitId);
    return slot === undefined || !this.scene.units.shown(slot) ? null : this.slotAt(slot);
  }

  /** Id of the unit whose mark is under a point of the screen. */
  unitUnder(pointer: { x: number; y: number; position: LngLat }, radiusPx: number): string | null {
    const degreesPerPx = 360 / (512 * 2 ** this.map.getZoom());
    const slot = unitAt(this.scene.units, pointer, radiusPx, {
      looks: this.looks,
      drawnAt: candidate => this.slotAt(candidate),
      project: position => this.map.project(position),
      // Room for the slide and for a turned or tilted map.
      reachDeg: 4 * radiusPx * degreesPerPx + 0.02,
    });
    return this.scene.units.info(slot)?.id ?? null;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.canvas.dispose();
  }

  private draw(): void {
    const { units, theme, scale = 1 } = this.scene;
    this.place();
    this.canvas.restyle({
      atlas: this.atlas(theme),
      atlasSize: [atlasColumns, atlasRows],
      ring: unitRgb(themeColors[theme].focus),
      ground: unitRgb(themeColors[theme].bg),
      scale,
    });
    const { offsets, origin, looks } = this;
    this.canvas.upload({ count: units.count, offsets, origin, motion: this.glide.motion, looks });
    this.frame ||= requestAnimationFrame(this.slide);
  }

  /** Draws while marks slide; a quiet map costs nothing. */
  private readonly slide = (): void => {
    this.frame = 0;
    if (performance.now() / 1000 > this.glide.untilS) return;
    this.canvas.draw();
    this.frame = requestAnimationFrame(this.slide);
  };

  /** Positions for the graphics card, from an origin that follows the camera when it goes far. */
  private place(): void {
    const { units } = this.scene;
    const center = centerOf(this.map);
    const far = Math.hypot(center[0] - this.origin[0], center[1] - this.origin[1]) > farFromOrigin;
    if (far) this.origin = center;
    if (!far && this.placed === units && this.placedVersion === units.version) return;
    if (this.offsets.length !== units.lngLat.length) this.offsets = new Float32Array(units.lngLat.length);
    writeOffsets(units, this.origin, this.offsets);
    this.placed = units;
    this.placedVersion = units.version;
  }

  private atlas(theme: Theme): ImageData {
    const atlas = this.atlases.get(theme) ?? unitAtlas(theme);
    this.atlases.set(theme, atlas);
    return atlas;
  }

  private writeLooks(): void {
    const { units, nowAt, switches } = this.scene;
    const size = lookStride * units.fixAt.length;
    if (this.looks.length !== size) this.looks = new Float32Array(size);
    writeLooks(units, this.looks, {
      nowAt,
      hidden: this.clustering.hidden,
      selectedSlot: this.selectedSlot(),
      visible: switches.units,
    });
  }

  private regroup(): void {
    const { units, nowAt, lang, switches } = this.scene;
    const view = viewOf(this.map);
    this.namedAtMs = performance.now();
    this.clustering = clusterUnits(units, view);
    const labels = unitLabelFeatures(units, {
      view,
      inView: this.clustering.inView,
      hidden: this.clustering.hidden,
      selectedSlot: this.selectedSlot(),
      nowAt,
      lang,
      labels: switches.unitLabels,
      drawnAt: slot => this.slotAt(slot),
    });
    this.showChanged(unitLabelSource, switches.units ? labels : []);
    this.showChanged(clusterSource, switches.units ? clusterFeatures(this.clustering.clusters) : []);
  }

  /** New data makes the whole map draw again: spared while a quiet night changes nothing. */
  private showChanged(sourceId: string, features: Feature[]): void {
    const text = JSON.stringify(features);
    if (this.shown.get(sourceId) === text) return;
    this.shown.set(sourceId, text);
    this.show(sourceId, collection(features));
  }

  private selectedSlot(): number {
    const { selection, units } = this.scene;
    return selection?.kind === 'unit' ? (units.slotOf(selection.id) ?? -1) : -1;
  }

  private slotAt(slot: number): LngLat {
    const { lngLat } = this.scene.units;
    const lat = lngLat[2 * slot + 1]!;
    const [east, north] = this.glide.lagM(slot, performance.now() / 1000);
    const perLng = metresPerDegree * Math.cos((lat * Math.PI) / 180);
    return [lngLat[2 * slot]! + east / perLng, lat + north / metresPerDegree];
  }
}

function viewOf(map: MapLibreMap): View {
  const bounds = map.getBounds();
  return {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
    zoom: map.getZoom(),
  };
}

function unitRgb(hex: string): [number, number, number] {
  const [r, g, b] = rgba(hex);
  return [r / 255, g / 255, b / 255];
}

function centerOf(map: MapLibreMap): [number, number] {
  const { lng, lat } = map.getCenter();
  return mercator(lng, lat);
}
