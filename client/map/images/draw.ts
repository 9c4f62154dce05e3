/** Icons on a canvas: for MapLibre's images and for the atlas of unit marks. */
import type { IconShape } from '../../ui/icons/shapes.ts';
import { sdfFromAlpha } from './sdf.ts';

type Context = OffscreenCanvasRenderingContext2D;

export function canvas(width: number, height: number): Context {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas; expected a browser with OffscreenCanvas');
  return context;
}

/** Draws the shape in a square of `side` px with its corner at x, y, in the context's fillStyle. */
export function drawShape(context: Context, shape: IconShape, x: number, y: number, side: number): void {
  const path = new Path2D(shape.path);
  context.save();
  context.translate(x, y);
  context.scale(side / shape.grid, side / shape.grid);
  if (shape.stroke) {
    context.strokeStyle = context.fillStyle;
    context.lineWidth = shape.grid / 12;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.stroke(path);
  } else {
    context.fill(path, 'evenodd');
  }
  context.restore();
}

/** Icons are `iconPx` css px wide in the map, at two image px each, in a border that leaves room for a halo. */
const iconPx = 24;
const ratio = 2;
const borderPx = 8;

export interface MapImage {
  image: ImageData;
  options: {
    pixelRatio: number;
    sdf?: boolean;
    stretchX?: [number, number][];
    stretchY?: [number, number][];
    content?: [number, number, number, number];
  };
}

/** The shape as a distance field image for `map.addImage`. */
export function sdfImage(shape: IconShape): MapImage {
  const side = iconPx * ratio + 2 * borderPx;
  const context = canvas(side, side);
  context.fillStyle = '#000';
  drawShape(context, shape, borderPx, borderPx, iconPx * ratio);
  const image = context.getImageData(0, 0, side, side);
  const alpha = image.data.filter((_, index) => index % 4 === 3);
  const field = sdfFromAlpha(alpha, side);
  for (let i = 0; i < field.length; i++) image.data.set([255, 255, 255, field[i]!], 4 * i);
  return { image, options: { pixelRatio: ratio, sdf: true } };
}

/** A road shield that stretches with its text. */
export function shieldImage(fill: string, edge: string): MapImage {
  const width = 28 * ratio;
  const height = 18 * ratio;
  const context = canvas(width, height);
  context.fillStyle = fill;
  context.strokeStyle = edge;
  context.lineWidth = ratio;
  context.beginPath();
  context.roundRect(ratio, ratio, width - 2 * ratio, height - 2 * ratio, 4 * ratio);
  context.fill();
  context.stroke();
  return {
    image: context.getImageData(0, 0, width, height),
    options: {
      pixelRatio: ratio,
      stretchX: [[8 * ratio, 20 * ratio]],
      stretchY: [[7 * ratio, 11 * ratio]],
      content: [3 * ratio, 2 * ratio, 25 * ratio, 16 * ratio],
    },
  };
}
