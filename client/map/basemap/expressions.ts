/** Small builders for style expressions, so that the layers read as a table of numbers. */
import type { ExpressionSpecification } from 'maplibre-gl';
import type { Lang } from '../scene.ts';

/** `[zoom, value]` pairs, interpolated; base 1 is linear. */
export function byZoom(
  base: number,
  stops: readonly (readonly [number, unknown])[],
): ExpressionSpecification {
  return [
    'interpolate',
    ['exponential', base],
    ['zoom'],
    ...stops.flat(),
  ] as unknown as ExpressionSpecification;
}

/** Value by the text in a property: `match(get('class'), {park: 1}, 0)`. */
export function match(
  property: string,
  cases: Record<string, unknown>,
  otherwise: unknown,
): ExpressionSpecification {
  const pairs = Object.entries(cases).flat();
  return ['match', ['get', property], ...pairs, otherwise] as unknown as ExpressionSpecification;
}

/** True when the property is one of the values. */
export function isOneOf(property: string, values: readonly string[]): ExpressionSpecification {
  return ['in', ['get', property], ['literal', [...values]]];
}

/** Name in the language of the screen, else whatever there is. */
export function nameIn(lang: Lang): ExpressionSpecification {
  const order = lang === 'en' ? ['nameEn', 'name'] : ['name', 'nameEn'];
  return ['coalesce', ['get', order[0]!], ['get', order[1]!], ''];
}

/** The value of a property as it is. */
export function get(property: string): ExpressionSpecification {
  return ['get', property];
}
