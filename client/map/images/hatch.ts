/** A hatched disc: somebody looked here. */
import { type Theme, themeColors } from '../../ui/tokens.ts';
import { canvas, type MapImage } from './draw.ts';

const ratio = 2;
const sidePx = 40;
const radiusPx = 18;
const gapPx = 5;

export function hatchDisc(theme: Theme): MapImage {
  const side = sidePx * ratio;
  const context = canvas(side, side);
  context.scale(ratio, ratio);
  const middle = sidePx / 2;
  context.beginPath();
  context.arc(middle, middle, radiusPx, 0, 2 * Math.PI);
  context.strokeStyle = themeColors[theme].text;
  context.lineWidth = 1.2;
  context.stroke();
  context.clip();
  context.beginPath();
  for (let x = -sidePx; x < sidePx; x += gapPx) {
    context.moveTo(x, sidePx);
    context.lineTo(x + sidePx, 0);
  }
  context.globalAlpha = 0.8;
  context.stroke();
  return { image: context.getImageData(0, 0, side, side), options: { pixelRatio: ratio } };
}
