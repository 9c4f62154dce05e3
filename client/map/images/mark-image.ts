/** Paints the composed marks: a disc with the kind's icon and a badge with the number. */
import { type IconName, icons } from '../../ui/icons/icons.ts';
import { fontFamily, type ThemeColors, themeColors } from '../../ui/tokens.ts';
import type { MarkName } from '../layers/mark-images.ts';
import { canvas, drawShape, type MapImage } from './draw.ts';

const ratio = 3;
/** Css px: the disc, and the whole picture with room for the badge, the same on all sides so that the disc is its middle. */
const discPx = 28;
const sidePx = 42;
const iconPx = 16;
const badgePx = 16;

/** The mark of a sighting. */
export const markImage = (name: MarkName): MapImage =>
  paintedMark(name, paintOf(name, themeColors[name.theme]));

export interface MarkPaint {
  fill: string;
  edge: string;
  icon: string;
  badge: string;
  badgeText: string;
}

/** A mark in given colours. */
export function paintedMark(name: MarkName, paint: MarkPaint): MapImage {
  const colors = themeColors[name.theme];
  const context = canvas(sidePx * ratio, sidePx * ratio);
  context.scale(ratio, ratio);
  const middle = sidePx / 2;
  context.globalAlpha = name.variant === 'withdrawn' ? 0.6 : 1;
  disc(context, middle, middle, discPx / 2 - 1.5, paint.fill, paint.edge, 2);
  const shape = icons[name.icon as IconName];
  context.fillStyle = paint.icon;
  if (shape) drawShape(context, shape, middle - iconPx / 2, middle - iconPx / 2, iconPx);
  if (name.variant === 'withdrawn') strikeOut(context, middle, paint.edge);
  const badge = middle + discPx / 2 - badgePx / 4;
  const badgeY = middle - discPx / 2 + badgePx / 4;
  disc(context, badge, badgeY, badgePx / 2, paint.badge, colors.bg, 1.5);
  context.fillStyle = paint.badgeText;
  context.font = `700 ${name.label.length > 2 ? 8 : 10.5}px ${fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(name.label, badge, badgeY + 0.5);
  return {
    image: context.getImageData(0, 0, sidePx * ratio, sidePx * ratio),
    options: { pixelRatio: ratio },
  };
}

function paintOf({ variant }: MarkName, colors: ThemeColors): MarkPaint {
  const base = { edge: colors.accent, badge: colors.accent, badgeText: colors['on-accent'] };
  if (variant === 'newest')
    return {
      ...base,
      fill: colors.accent,
      icon: colors['on-accent'],
      badge: colors.text,
      badgeText: colors.bg,
    };
  return { ...base, fill: colors['surface-1'], icon: colors.accent };
}

type Context = ReturnType<typeof canvas>;

function disc(
  context: Context,
  x: number,
  y: number,
  radius: number,
  fill: string,
  edge: string,
  edgePx: number,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = edgePx;
  context.stroke();
}

function strikeOut(context: Context, middle: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(middle - 9, middle + 9);
  context.lineTo(middle + 9, middle - 9);
  context.stroke();
}
