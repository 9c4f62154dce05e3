/** Where she may be and who looks where: what the desk brings to the map. */
import { hatchDisc } from '../images/hatch.ts';
import { paintedMark } from '../images/mark-image.ts';
import type { MapOverlay } from '../overlay.ts';
import type { MapPosterior } from '../scene.ts';
import { surfacePoints } from '../sources/posterior.ts';
import { paintSurface, type SurfacePoints } from '../sources/surface.ts';
import { themeColors } from '../../ui/tokens.ts';
import { heat } from './heat.ts';
import { parseMarkName } from './mark-images.ts';
import { planLayer } from './plan.ts';
import { rankedPlacesLayer, regionsLayer } from './posterior.ts';
import { hatchImage, searchedLayer } from './searched.ts';

const points = new WeakMap<MapPosterior, SurfacePoints>();

function pointsOf(posterior: MapPosterior): SurfacePoints {
  const known = points.get(posterior);
  if (known) return known;
  const made = surfacePoints(posterior);
  points.set(posterior, made);
  return made;
}

/** A likely place: its kind in the colour of the probability, with its rank. */
function rankedMark(name: string) {
  const mark = parseMarkName(name);
  if (mark?.variant !== 'ranked') return null;
  const [{ edge }, colors] = [heat[mark.theme], themeColors[mark.theme]];
  return paintedMark(mark, {
    fill: colors['surface-1'],
    edge,
    icon: edge,
    badge: edge,
    badgeText: colors['on-risk'],
  });
}

export const locateOverlay: MapOverlay = {
  ground: [regionsLayer],
  marks: [planLayer, searchedLayer, rankedPlacesLayer],
  surfaceInputs: ({ posterior, theme, switches }) => [posterior, theme, switches.posterior],
  surface: ({ posterior, theme, switches }, frame) =>
    posterior && switches.posterior ? paintSurface(pointsOf(posterior), frame, heat[theme].ramp) : null,
  image: name => {
    for (const theme of ['dark', 'light'] as const) if (name === hatchImage(theme)) return hatchDisc(theme);
    return rankedMark(name);
  },
};
