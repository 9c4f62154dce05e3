/**
 * Names of the composed marks (kind, number, state) that are painted when a style first asks for one. A name says
 * everything about its picture: `mark/dark/sighting-cell/3/newest`.
 */
import type { ExpressionSpecification } from 'maplibre-gl';
import type { Theme } from '../../ui/tokens.ts';

type MarkVariant = 'newest' | 'older' | 'withdrawn' | 'ranked';

export interface MarkName {
  theme: Theme;
  icon: string;
  label: string;
  variant: MarkVariant;
}

/** Expression that names the image of a sighting from its properties. */
export function sightingImage(theme: Theme): ExpressionSpecification {
  const variant: ExpressionSpecification = [
    'case',
    ['get', 'withdrawn'],
    'withdrawn',
    ['get', 'newest'],
    'newest',
    'older',
  ];
  return [
    'concat',
    `mark/${theme}/sighting-`,
    ['get', 'kind'],
    '/',
    ['to-string', ['get', 'number']],
    '/',
    variant,
  ];
}

/** Expression that names the image of a ranked place from its properties. */
export function rankedImage(theme: Theme): ExpressionSpecification {
  return ['concat', `mark/${theme}/place-`, ['get', 'kind'], '/', ['to-string', ['get', 'rank']], '/ranked'];
}

/** Takes a name apart again, or null when it is no mark's. */
export function parseMarkName(name: string): MarkName | null {
  const [head, theme, icon, label, variant] = name.split('/');
  if (head !== 'mark' || (theme !== 'dark' && theme !== 'light') || !icon || !label) return null;
  if (variant !== 'newest' && variant !== 'older' && variant !== 'withdrawn' && variant !== 'ranked')
    return null;
  return { theme, icon, label, variant };
}
