/** Symbols of the public Maki set (CC0) for places and landmarks, read from the package's SVG files. */
import building from '@mapbox/maki/icons/building.svg?raw';
import bus from '@mapbox/maki/icons/bus.svg?raw';
import commercial from '@mapbox/maki/icons/commercial.svg?raw';
import fireStation from '@mapbox/maki/icons/fire-station.svg?raw';
import fuel from '@mapbox/maki/icons/fuel.svg?raw';
import grocery from '@mapbox/maki/icons/grocery.svg?raw';
import home from '@mapbox/maki/icons/home.svg?raw';
import hospital from '@mapbox/maki/icons/hospital.svg?raw';
import library from '@mapbox/maki/icons/library.svg?raw';
import lodging from '@mapbox/maki/icons/lodging.svg?raw';
import mountain from '@mapbox/maki/icons/mountain.svg?raw';
import museum from '@mapbox/maki/icons/museum.svg?raw';
import park from '@mapbox/maki/icons/park.svg?raw';
import parking from '@mapbox/maki/icons/parking.svg?raw';
import rail from '@mapbox/maki/icons/rail.svg?raw';
import religious from '@mapbox/maki/icons/religious-buddhist.svg?raw';
import residential from '@mapbox/maki/icons/residential-community.svg?raw';
import school from '@mapbox/maki/icons/school.svg?raw';
import townHall from '@mapbox/maki/icons/town-hall.svg?raw';
import viewpoint from '@mapbox/maki/icons/viewpoint.svg?raw';
import type { IconShape } from './shapes.ts';

const makiGrid = 15;

/** Takes the path data out of a Maki file, which holds paths and nothing else. */
function shapeOfSvg(svg: string): IconShape {
  const paths = [...svg.matchAll(/\sd="([^"]+)"/g)].map(match => match[1]!.replace(/&#x[0-9A-F]+;/gi, ' '));
  if (paths.length === 0)
    throw new Error('icon file without a path; expected <path d="…"> in an SVG of the Maki set');
  return { grid: makiGrid, path: paths.join(' ') };
}

export const makiShapes = {
  building: shapeOfSvg(building),
  bus: shapeOfSvg(bus),
  commercial: shapeOfSvg(commercial),
  fireStation: shapeOfSvg(fireStation),
  fuel: shapeOfSvg(fuel),
  grocery: shapeOfSvg(grocery),
  house: shapeOfSvg(home),
  hospital: shapeOfSvg(hospital),
  library: shapeOfSvg(library),
  lodging: shapeOfSvg(lodging),
  mountain: shapeOfSvg(mountain),
  museum: shapeOfSvg(museum),
  park: shapeOfSvg(park),
  parking: shapeOfSvg(parking),
  rail: shapeOfSvg(rail),
  religious: shapeOfSvg(religious),
  residential: shapeOfSvg(residential),
  school: shapeOfSvg(school),
  townHall: shapeOfSvg(townHall),
  viewpoint: shapeOfSvg(viewpoint),
};
