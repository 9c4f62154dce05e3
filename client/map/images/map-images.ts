/** Every image that the styles name, made from the icon set in the page; nothing is fetched. */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { landmarkIcons, placeIcons } from '../../ui/icons/icons.ts';
import { controlShapes, type IconShape, sightingShapes } from '../../ui/icons/shapes.ts';
import type { Theme } from '../../ui/tokens.ts';
import { basemapPalettes } from '../basemap/palette.ts';
import { type MapImage, sdfImage, shieldImage } from './draw.ts';

/** Points to the right, the direction in which lines run. */
const oneway: IconShape = { grid: 24, path: 'M3 10.8h12V6.5l7 5.5-7 5.5V13.2H3Z' };
/** Points up, for marks that are rotated by a course. */
const heading: IconShape = { grid: 24, path: 'M12 1 20 20 12 15.5 4 20Z' };
const dot: IconShape = { grid: 24, path: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z' };

/** Distance fields do not depend on the theme: made once. */
let fields: Map<string, MapImage> | undefined;

function sdfImages(): Map<string, MapImage> {
  if (fields) return fields;
  fields = new Map();
  const groups = { landmark: landmarkIcons, place: placeIcons, sighting: sightingShapes };
  for (const [group, shapes] of Object.entries(groups)) {
    for (const [name, shape] of Object.entries(shapes)) fields.set(`${group}-${name}`, sdfImage(shape));
  }
  for (const [name, shape] of Object.entries({ oneway, heading, dot, 'no-entry': controlShapes.noEntry }))
    fields.set(name, sdfImage(shape));
  return fields;
}

/** Adds what is missing and repaints what depends on the theme. Call when a style has loaded and after a change of theme. */
export function addMapImages(map: MapLibreMap, theme: Theme): void {
  for (const [name, { image, options }] of sdfImages()) {
    if (!map.hasImage(name)) map.addImage(name, image, options);
  }
  const { shield, shieldMinor } = basemapPalettes[theme];
  for (const [name, colors] of Object.entries({ shield, 'shield-minor': shieldMinor })) {
    const { image, options } = shieldImage(colors.fill, colors.edge);
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, options);
  }
}
