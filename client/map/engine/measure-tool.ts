/** The measuring tool: click by click a line, the pointer as its loose end. */
import type { FeatureCollection } from 'geojson';
import type { Lang, LngLat } from '../scene.ts';
import { collection } from '../sources/features.ts';
import { lengthM, measureFeatures } from '../sources/measure.ts';

export class MeasureTool {
  private readonly show: (data: FeatureCollection) => void;
  private readonly onChange: (state: { active: boolean; lengthM: number }) => void;
  private corners: LngLat[] = [];
  private pointer: LngLat | null = null;
  active = false;
  private lang: Lang = 'zh';

  constructor(
    show: (data: FeatureCollection) => void,
    onChange: (state: { active: boolean; lengthM: number }) => void,
  ) {
    this.show = show;
    this.onChange = onChange;
  }

  /** Language of the distances. */
  speak(lang: Lang): void {
    if (lang === this.lang) return;
    this.lang = lang;
    if (this.drawn) this.changed();
  }

  start(): void {
    this.corners = [];
    this.pointer = null;
    this.active = true;
    this.changed();
  }

  add(corner: LngLat): void {
    this.corners.push(corner);
    this.changed();
  }

  hover(position: LngLat): void {
    this.pointer = position;
    if (this.corners.length > 0) this.changed();
  }

  /** Leaves the line on the map for reading; the next `start` or `clear` removes it. */
  finish(): void {
    this.active = false;
    this.pointer = null;
    this.changed();
  }

  clear(): void {
    this.active = false;
    this.corners = [];
    this.pointer = null;
    this.changed();
  }

  get drawn(): boolean {
    return this.corners.length > 0;
  }

  private changed(): void {
    const path = this.active && this.pointer ? [...this.corners, this.pointer] : this.corners;
    this.show(collection(measureFeatures(path, this.lang)));
    this.onChange({ active: this.active, lengthM: lengthM(path) });
  }
}
