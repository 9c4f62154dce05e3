/**
 * All unit marks in one picture: a row per kind and freshness, a column per state, and a last row with the plain
 * colour of each state for the course arrow. The state is told by form as well
 * as colour: available = ring, dispatched = dashed ring, en route = full disc, on scene = full square, out of service =
 * thin ring struck through.
 */
import type { UnitKind, UnitState } from '#contract/unit.ts';
import { unitShapes } from '../../ui/icons/shapes.ts';
import { type Theme, type ThemeColors, themeColors } from '../../ui/tokens.ts';
import { unitKinds, unitStates } from '../sources/unit-slots.ts';
import { canvas, drawShape } from './draw.ts';

export const atlasColumns = unitStates.length;
export const atlasRows = 2 * unitKinds.length + 1;
const tilePx = 96;

export function unitAtlas(theme: Theme): ImageData {
  const width = atlasColumns * tilePx;
  const height = atlasRows * tilePx;
  const context = canvas(width, height);
  const colors = themeColors[theme];
  for (const stale of [false, true]) {
    unitKinds.forEach((kind, row) => {
      unitStates.forEach((state, column) => {
        context.save();
        context.translate(column * tilePx, (row + (stale ? unitKinds.length : 0)) * tilePx);
        drawUnit(context, kind, state, stale, colors);
        context.restore();
      });
    });
  }
  unitStates.forEach((state, column) => {
    context.fillStyle = colors[`state-${state}`];
    context.fillRect(column * tilePx, (atlasRows - 1) * tilePx, tilePx, tilePx);
  });
  return context.getImageData(0, 0, width, height);
}

/** One mark in a tile of `tilePx`; the body's radius is 0.42 of it, the rest is room for the outline. */
function drawUnit(
  context: OffscreenCanvasRenderingContext2D,
  kind: UnitKind,
  state: UnitState,
  stale: boolean,
  colors: ThemeColors,
): void {
  const middle = tilePx / 2;
  const radius = tilePx * 0.4;
  const color = stale ? colors['text-3'] : colors[`state-${state}`];
  const full = !stale && (state === 'enRoute' || state === 'onScene');
  context.beginPath();
  if (state === 'onScene')
    context.roundRect(middle - radius, middle - radius, 2 * radius, 2 * radius, radius * 0.35);
  else context.arc(middle, middle, radius, 0, 2 * Math.PI);
  // The outline in the ground's colour keeps marks apart where they touch.
  context.strokeStyle = colors.bg;
  context.lineWidth = tilePx * 0.15;
  context.stroke();
  context.fillStyle = full ? color : colors['surface-1'];
  context.fill();
  context.strokeStyle = color;
  context.lineWidth = tilePx * (state === 'outOfService' ? 0.04 : 0.075);
  if (state === 'dispatched') context.setLineDash([radius * 0.5, radius * 0.285]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = full ? colors.bg : color;
  const icon = radius * 1.25;
  drawShape(context, unitShapes[kind], middle - icon / 2, middle - icon / 2, icon);
  if (state !== 'outOfService') return;
  context.beginPath();
  context.moveTo(middle - radius * 0.7, middle + radius * 0.7);
  context.lineTo(middle + radius * 0.7, middle - radius * 0.7);
  context.lineWidth = tilePx * 0.06;
  context.stroke();
}
