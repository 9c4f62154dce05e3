/** Ways of units: those nearest to a point with the straight line for comparison, and those of the plan. */
import type { Feature } from 'geojson';
import type { Lang, MapScene } from '../scene.ts';
import { distanceText, durationText } from './age.ts';
import { feature, line, point } from './features.ts';

/** Roles: `straight`, `road` (best first by `order`), `time` (label at the unit), `aim`. */
export function nearestFeatures(nearest: MapScene['nearest'], lang: Lang): Feature[] {
  if (!nearest) return [];
  const ways = nearest.items.flatMap((item, order) => [
    line([item.position, nearest.to], { role: 'straight', order }),
    ...(item.path && item.path.length > 1 ? [line(item.path, { role: 'road', order })] : []),
    point(item.position, {
      role: 'time',
      order,
      text: `${order + 1} · ${durationText(item.travelTimeS, lang)} · ${distanceText(item.distanceM, lang)}`,
    }),
  ]);
  // The best way is drawn last, so that it lies on top.
  return [...ways.reverse(), point(nearest.to, { role: 'aim', order: 0 })];
}

/** Roles: `ordered` (solid), `proposed` (dashed), `end` (the task's end of the way, with its ETA). */
export function routeFeatures(routes: MapScene['routes'], nowAt: number, lang: Lang): Feature[] {
  return routes.flatMap(route => {
    const end = route.path.at(-1);
    if (!end || route.path.length < 2) return [];
    const way = line(route.path, { role: route.proposed ? 'proposed' : 'ordered', unitId: route.unitId });
    if (route.etaAt === undefined) return [way];
    const leftS = Math.max(0, (route.etaAt - nowAt) / 1000);
    return [way, point(end, { role: 'end', text: durationText(leftS, lang), unitId: route.unitId })];
  });
}

export function isochroneFeatures(isochrone: MapScene['isochrone'], lang: Lang): Feature[] {
  if (!isochrone) return [];
  return [feature(isochrone.geometry, { text: durationText(isochrone.minutes * 60, lang) })];
}
