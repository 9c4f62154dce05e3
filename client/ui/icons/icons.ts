/** The one set of icons, for the panels (`<Icon>`), the legend and the map's images. */
import type { PlaceKind } from '#contract/place.ts';
import { makiShapes } from './maki.ts';
import {
  controlShapes,
  type IconShape,
  placeShapes,
  riskShapes,
  sightingShapes,
  unitShapes,
} from './shapes.ts';

/** Symbol of each kind of place where somebody may be. */
export const placeIcons: Record<PlaceKind, IconShape> = {
  bank: placeShapes.bank,
  atm: placeShapes.atm,
  park: makiShapes.park,
  hotel: makiShapes.lodging,
  guestHouse: makiShapes.house,
  internetCafe: placeShapes.internetCafe,
  carPark: makiShapes.parking,
  mall: makiShapes.commercial,
  office: makiShapes.building,
  school: makiShapes.school,
  hospital: makiShapes.hospital,
  station: makiShapes.rail,
  police: placeShapes.police,
  residence: makiShapes.residential,
  industrialRoad: placeShapes.industrialRoad,
  quietRoad: placeShapes.quietRoad,
  street: placeShapes.street,
};

/** Symbol of each kind of landmark on the base map. */
export const landmarkIcons = {
  townHall: makiShapes.townHall,
  fuel: makiShapes.fuel,
  busStation: makiShapes.bus,
  railStation: makiShapes.rail,
  market: makiShapes.grocery,
  worship: makiShapes.religious,
  viewpoint: makiShapes.viewpoint,
  fireStation: makiShapes.fireStation,
  library: makiShapes.library,
  museum: makiShapes.museum,
  peak: makiShapes.mountain,
} satisfies Record<string, IconShape>;

/** Groups are prefixed where a name would be ambiguous: `place-park`, `unit-car`, `sighting-cell`, `risk-high`. */
export const icons = {
  ...controlShapes,
  ...prefixed('risk', riskShapes),
  ...prefixed('unit', unitShapes),
  ...prefixed('sighting', sightingShapes),
  ...prefixed('place', placeIcons),
  ...prefixed('landmark', landmarkIcons),
};
export type IconName = keyof typeof icons;

function prefixed<P extends string, K extends string>(
  prefix: P,
  shapes: Record<K, IconShape>,
): Record<`${P}-${K}`, IconShape> {
  const entries = Object.entries<IconShape>(shapes).map(([name, shape]) => [`${prefix}-${name}`, shape]);
  return Object.fromEntries(entries) as Record<`${P}-${K}`, IconShape>;
}
