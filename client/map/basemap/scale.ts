/** Sizes for other viewing distances: the same style, text and marks larger. */
import type { LayerSpecification } from 'maplibre-gl';

const sizes = new Set(['text-size', 'icon-size', 'circle-radius']);

/** The layer with its text, icon and circle sizes times `factor`. */
export function scaledLayer(layer: LayerSpecification, factor: number): LayerSpecification {
  if (factor === 1) return layer;
  const scaled = (properties: object | undefined) =>
    properties &&
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        sizes.has(name) ? scaledSize(value, factor) : value,
      ]),
    );
  const { layout: given, paint } = layer as { layout?: object; paint?: object };
  // An icon at its natural size has none to multiply; one that is fitted to its text follows that.
  const layout =
    given && 'icon-image' in given && !('icon-size' in given) && !('icon-text-fit' in given)
      ? { ...given, 'icon-size': 1 }
      : given;
  return {
    ...layer,
    ...(layout && { layout: scaled(layout) }),
    ...(paint && { paint: scaled(paint) }),
  } as LayerSpecification;
}

/**
 * A size, plain or an expression, times `factor`. Zoom may only stand at the top of an expression, so the factor
 * goes into the outputs: those of interpolate and step stand at every second place, of case and match likewise.
 */
export function scaledSize(size: unknown, factor: number): unknown {
  if (typeof size === 'number') return size * factor;
  if (!Array.isArray(size)) return size;
  const firstOutput = { interpolate: 4, step: 2, case: 2, match: 3 }[String(size[0])];
  if (firstOutput === undefined) return size;
  const falls = size[0] === 'case' || size[0] === 'match';
  return size.map((part, index) => {
    const isOutput = index >= firstOutput && (index - firstOutput) % 2 === 0;
    const isOtherwise = falls && index === size.length - 1;
    return isOutput || isOtherwise ? scaledSize(part, factor) : part;
  });
}
