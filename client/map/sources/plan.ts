/** Who should look where, in which order: the ways, their stops, interception and the closed ways out. */
import type { Feature } from 'geojson';
import type { MapPlan } from '../scene.ts';
import { lookParts } from '../layers/route-looks.ts';
import { clockText } from './clock-text.ts';
import { line, point } from './features.ts';
import { shareText } from './share-text.ts';

/** Standing somewhere for less than this is not worth a mark. */
const leastShare = 0.02;

/**
 * Roles: `way` and `stop` (both with the parts of the unit's look, and fainter while the operator looks at another unit), `intercept`,
 * `exit`. The selected unit comes last, so that it lies on top.
 */
export function planFeatures(plan: MapPlan | null): Feature[] {
  if (!plan) return [];
  const anySelected = plan.routes.some(({ selected }) => selected);
  const routes = plan.routes.toSorted((a, b) => Number(a.selected) - Number(b.selected));
  return [
    ...routes.flatMap(route => routeFeatures(route, anySelected)),
    ...plan.exits.map(({ callsign, position, arriveAt }) =>
      point(position, { role: 'exit', text: `${callsign} ${clockText(arriveAt)}` }),
    ),
    ...plan.intercepts
      .filter(({ share }) => share >= leastShare)
      .map(({ callsign, position, arriveAt, share }) =>
        point(position, {
          role: 'intercept',
          text: `${callsign} ${clockText(arriveAt)} · ${shareText(share)}`,
        }),
      ),
  ];
}

function routeFeatures(route: MapPlan['routes'][number], anySelected: boolean): Feature[] {
  const { unitId, callsign, look, path, stops, selected } = route;
  const shared = { unitId, ...lookParts(look), strength: selected || !anySelected ? 1 : 0.35 };
  const way = path.length > 1 ? [line(path, { ...shared, role: 'way' })] : [];
  const marks = stops.map(({ position, order, etaAt }) =>
    point(position, {
      ...shared,
      role: 'stop',
      // From afar the next stop of each unit is enough, and where there is not room for all it comes first.
      later: order > 1 && !selected,
      sort: selected ? order - 100 : order,
      text: `${order === 1 ? `${callsign} ` : ''}${ordinal(order)} ${clockText(etaAt)}`,
    }),
  );
  return [...way, ...marks];
}

/** A number in a circle, so that nobody takes it for the rank of a place or for a time. */
const ordinal = (order: number): string =>
  order <= 20 ? String.fromCodePoint(0x2460 + order - 1) : `(${order})`;
