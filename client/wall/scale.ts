/** Text of 20 minutes of arc at the farthest seat is read without effort (client guidance; 35 mm at 6 m). */
const readableArcmin = 20;
/** Height of the body text at scale 1, css px. */
const bodyPx = 14;
/** When nothing is said of the room: 6 m in front of a 55-inch 4K panel (0.315 mm a pixel) shown at 100 %. */
const usual = { distanceM: 6, pitchMm: 0.315 };
const range = { least: 1, most: 8 };

/**
 * Value of `--scale` from the farthest seat and the panel: `?distance=6` (m) and `?pitch=0.63` (mm a css pixel).
 * Without them the scale follows the window's height, as on an ordinary screen; `?scale=2` sets it outright.
 */
export function scaleFrom(query: string, heightPx: number): number {
  const wanted = new URLSearchParams(query);
  const direct = Number(wanted.get('scale'));
  if (direct > 0) return clamp(direct);
  if (!wanted.has('distance') && !wanted.has('pitch')) return clamp(heightPx / 800);
  const distanceM = Number(wanted.get('distance')) || usual.distanceM;
  const pitchMm = Number(wanted.get('pitch')) || usual.pitchMm;
  const heightMm = distanceM * 1000 * Math.tan((readableArcmin / 60) * (Math.PI / 180));
  return clamp(heightMm / pitchMm / bodyPx);
}

const clamp = (scale: number) => Math.min(range.most, Math.max(range.least, scale));
