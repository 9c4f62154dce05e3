/** From what the server believes and plans to what the map draws. Pure. */
import type { WorldIncident } from '#domain/world.ts';
import type { PlanView, PosteriorView } from '../../api/locate.ts';
import { nameIn } from '../../i18n/name-in.ts';
import type { Lang, LngLat, MapPlan, MapPosterior, MapSighting } from '../../map/scene.ts';
import { lngLat } from '../scene.ts';

export function toMapPosterior({ regions, cells, places }: PosteriorView, lang: Lang): MapPosterior {
  return {
    regions: [
      { share: 0.5, geometry: regions.p50 },
      { share: 0.8, geometry: regions.p80 },
      { share: 0.95, geometry: regions.p95 },
    ],
    cells,
    places: places.map(({ placeId, kind, position, path, poa, searched: [last], ...names }) => ({
      placeId,
      kind,
      name: nameIn(names, lang),
      position: lngLat(position),
      path: path as LngLat[] | null,
      poa,
      searched: last ? { at: Date.parse(last.at), pod: last.pod } : null,
    })),
  };
}

/** `callsignOf` names a unit; `unitId`: the one that stands out. */
export function toMapPlan(
  { routes, intercept, containment }: PlanView,
  looks: Readonly<Record<string, number>>,
  callsignOf: (unitId: string) => string,
  unitId: string | null,
): MapPlan {
  return {
    routes: routes.map(route => ({
      unitId: route.unitId,
      callsign: callsignOf(route.unitId),
      look: looks[route.unitId] ?? 0,
      path: route.path as LngLat[],
      stops: route.tasks.map(({ place, etaAt }, index) => ({
        position: lngLat(place.position),
        order: index + 1,
        etaAt: Date.parse(etaAt.p50),
      })),
      selected: route.unitId === unitId,
    })),
    intercepts: intercept.map(({ position, arriveAt, share, ...post }) => ({
      unitId: post.unitId,
      callsign: callsignOf(post.unitId),
      position: lngLat(position),
      arriveAt: Date.parse(arriveAt),
      share,
    })),
    exits: containment.map(({ exit, arriveAt, ...post }) => ({
      unitId: post.unitId,
      callsign: callsignOf(post.unitId),
      position: lngLat(exit.position),
      arriveAt: Date.parse(arriveAt),
    })),
  };
}

/** The sightings that the centre had by then. */
export const receivedBy = (
  at: string,
  sightings: readonly MapSighting[],
  known: WorldIncident['sightings'],
): readonly MapSighting[] => {
  const time = Date.parse(at);
  return sightings.filter(({ id }) => {
    const receivedAt = known[id]?.receivedAt;
    return receivedAt !== undefined && Date.parse(receivedAt) <= time;
  });
};

/** South-west and north-east of where she is in eight of ten cases; nothing for an empty region. */
export function believedExtent({ regions }: Pick<PosteriorView, 'regions'>): LngLat[] {
  const points = regions.p80.coordinates.flat(2);
  if (points.length === 0) return [];
  const lngs = points.map(([lng]) => lng!);
  const lats = points.map(([, lat]) => lat!);
  return [
    [lngs.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.min(a, b))],
    [lngs.reduce((a, b) => Math.max(a, b)), lats.reduce((a, b) => Math.max(a, b))],
  ];
}
