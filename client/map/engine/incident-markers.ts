/** Incidents as buttons on the map: crisp at any scale, reachable by keyboard, read out, and above the units. */
import { type Map as MapLibreMap, Marker } from 'maplibre-gl';
import type { Risk } from '#contract/alert.ts';
import { riskNumberY } from '../../ui/icons/risk-mark.tsx';
import { riskShapes } from '../../ui/icons/shapes.ts';
import type { IncidentMark } from '../sources/incidents.ts';

interface Placed {
  marker: Marker;
  mark: IncidentMark;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export class IncidentMarkers {
  private readonly map: MapLibreMap;
  private readonly onSelect: (id: string) => void;
  private readonly placed = new Map<string, Placed>();

  constructor(map: MapLibreMap, onSelect: (id: string) => void) {
    this.map = map;
    this.onSelect = onSelect;
    map.on('move', this.reach);
  }

  /**
   * Moves, adds and removes marks so that they equal `marks`; unchanged ones are not touched. `describe` says what is
   * to be heard beside the age, which is read out as it is shown.
   */
  update(marks: readonly IncidentMark[], describe: (mark: IncidentMark) => string): void {
    const gone = new Set(this.placed.keys());
    for (const mark of marks) {
      gone.delete(mark.id);
      const placed = this.placed.get(mark.id) ?? this.add(mark);
      if (placed.mark !== mark) dress(placed.marker, mark, describe(mark));
      placed.mark = mark;
    }
    for (const id of gone) {
      this.placed.get(id)?.marker.remove();
      this.placed.delete(id);
    }
    this.reach();
  }

  dispose(): void {
    this.map.off('move', this.reach);
    this.update([], () => '');
  }

  /** Tab stops at what is on the screen only; the others are reached by the list of incidents. */
  private readonly reach = (): void => {
    const { clientWidth, clientHeight } = this.map.getContainer();
    for (const { marker } of this.placed.values()) {
      const { x, y } = this.map.project(marker.getLngLat());
      const seen = x > 0 && y > 0 && x < clientWidth && y < clientHeight;
      marker.getElement().tabIndex = seen ? 0 : -1;
    }
  };

  private add(mark: IncidentMark): Placed {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jm-incident';
    button.addEventListener('click', click => {
      click.stopPropagation();
      this.onSelect(mark.id);
    });
    // Nothing of the first sight: `dress` fills it in, as for every later change.
    const marker = new Marker({ element: button, anchor: 'center' }).setLngLat(mark.position).addTo(this.map);
    const placed: Placed = { marker, mark: { ...mark, number: Number.NaN } };
    this.placed.set(mark.id, placed);
    return placed;
  }
}

function dress(marker: Marker, mark: IncidentMark, label: string): void {
  marker.setLngLat(mark.position).setOffset(mark.offsetPx);
  const button = marker.getElement();
  button.dataset.risk = mark.risk;
  button.dataset.selected = String(mark.selected);
  button.dataset.pulsing = String(mark.pulsing);
  button.style.zIndex = String(mark.order + 1);
  button.title = `${label} · ${mark.age}`;
  button.replaceChildren(
    riskSvg(mark.risk, mark.number),
    spanOf(label, 'jm-heard'),
    spanOf(mark.age, 'jm-age'),
  );
}

function riskSvg(risk: Risk, number: number): SVGElement {
  const svg = element('svg', { viewBox: '-1 -1 26 26', 'aria-hidden': 'true' });
  const text = element('text', { x: '12', y: String(riskNumberY[risk]), 'text-anchor': 'middle' });
  text.textContent = String(number);
  text.dataset.digits = String(text.textContent.length);
  svg.append(element('path', { d: riskShapes[risk].path }), text);
  return svg;
}

function spanOf(text: string, className: string): HTMLElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
