/**
 * The canvas of moving units over the map. Interleaving deck.gl with MapLibre loses its layers for good after a lost
 * context, so it draws on a canvas of its own, and a lost context is met by building the overlay anew.
 */
import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap } from 'maplibre-gl';

export class DeckOverlay {
  private readonly map: MapLibreMap;
  private readonly layers: () => Layer[];
  private overlay: MapLibreOverlay;
  private element: HTMLElement;

  /** `layers` is asked again after a lost context, since layers of a dead context cannot be used. */
  constructor(map: MapLibreMap, layers: () => Layer[]) {
    this.map = map;
    this.layers = layers;
    [this.overlay, this.element] = this.build();
  }

  update(): void {
    this.overlay.setProps({ layers: this.layers() });
  }

  canvas(): HTMLCanvasElement | null {
    return this.overlay.getCanvas();
  }

  dispose(): void {
    this.overlay.onRemove(this.map);
    this.element.remove();
  }

  /**
   * Added by hand and not as a control: inside the canvas container it lies over the map and under the DOM marks of
   * the incidents.
   */
  private build(): [MapLibreOverlay, HTMLElement] {
    const overlay = new MapLibreOverlay({
      interleaved: false,
      layers: this.layers(),
      onLoad: () => overlay.getCanvas()?.addEventListener('webglcontextlost', this.rebuild, { once: true }),
    });
    const element = overlay.onAdd(this.map);
    element.className = 'jm-units';
    this.map.getCanvas().after(element);
    return [overlay, element];
  }

  private readonly rebuild = (): void => {
    this.dispose();
    [this.overlay, this.element] = this.build();
  };
}
