/** Marks of incidents: order on top of each other, small shifts where several share a place, and ages. */
import type { Risk } from '#contract/alert.ts';
import type { Lang, LngLat, MapIncident, MapSelection } from '../scene.ts';
import { ageText } from './age.ts';

export interface IncidentMark {
  id: string;
  position: LngLat;
  risk: Risk;
  number: number;
  age: string;
  title: string;
  /** Shift on the screen, so that marks at one place lie side by side. */
  offsetPx: [number, number];
  /** Higher lies on top: the selected one, then by risk. */
  order: number;
  selected: boolean;
  pulsing: boolean;
}

const byRisk: Record<Risk, number> = { extraHigh: 3, high: 2, medium: 1, low: 0 };
const spacingPx = 46;
/** The selected mark stands on a stem, so that what was seen at the place itself is not under it. */
const raisedPx = 54;

/** Closed incidents are left out unless selected. */
export function incidentMarks(
  incidents: readonly MapIncident[],
  selection: MapSelection | null,
  nowAt: number,
  lang: Lang,
  scale = 1,
): IncidentMark[] {
  const isSelected = (incident: MapIncident) =>
    selection?.kind === 'incident' && selection.id === incident.id;
  const shown = incidents.filter(incident => !incident.closed || isSelected(incident));
  const offsets = sideBySide(shown, spacingPx * scale);
  return shown.map((incident, index) => ({
    id: incident.id,
    position: incident.position,
    risk: incident.risk,
    number: incident.number,
    age: ageText(nowAt - incident.openedAt, lang),
    title: incident.title ?? '',
    offsetPx: [offsets[index]!, isSelected(incident) ? -raisedPx * scale : 0],
    order: byRisk[incident.risk] + (isSelected(incident) ? 10 : 0),
    selected: isSelected(incident),
    pulsing: incident.unacknowledged ?? false,
  }));
}

/** A row centred on the shared place, gravest first. Places count as one within about 10 m. */
function sideBySide(incidents: readonly MapIncident[], stepPx: number): number[] {
  const groups = new Map<string, number[]>();
  incidents.forEach((incident, index) => {
    const key = `${incident.position[0].toFixed(4)},${incident.position[1].toFixed(4)}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const offsets = incidents.map(() => 0);
  for (const group of groups.values()) {
    group.sort((a, b) => byRisk[incidents[b]!.risk] - byRisk[incidents[a]!.risk] || a - b);
    group.forEach((index, place) => {
      offsets[index] = (place - (group.length - 1) / 2) * stepPx;
    });
  }
  return offsets;
}
