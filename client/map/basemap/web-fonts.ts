/** Noto Sans SC (OFL) in the pieces that its package ships, as `font-faces` of a style. Loaded only where it is needed. */
import ranges from '@fontsource/noto-sans-sc/unicode.json';
import type { FontFacesSpecification } from 'maplibre-gl';

type Urls = Record<string, string>;
// `no-inline`: as data: URLs the small pieces would break the page's content security policy.
const regular = import.meta.glob(
  '../../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-{latin,[0-9]*}-400-normal.woff2',
  {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  },
) as Urls;
const bold = import.meta.glob(
  '../../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-{latin,[0-9]*}-700-normal.woff2',
  {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  },
) as Urls;

/** `font-faces` for the two names, with absolute URLs as the style specification asks. */
export function webFontFaces(regularName: string, boldName: string): FontFacesSpecification {
  return { [regularName]: faces(regular), [boldName]: faces(bold) };
}

function faces(urls: Urls): { url: string; 'unicode-range': string[] }[] {
  return Object.entries(urls).flatMap(([path, url]) => {
    const piece = /noto-sans-sc-(.+)-\d00-normal/.exec(path)?.[1] ?? '';
    const range = rangeOf(piece);
    return range ? [{ url: new URL(url, location.href).href, 'unicode-range': range }] : [];
  });
}

/** Numbered pieces are keyed `[n]` in the package's table, the others by name. */
function rangeOf(piece: string): string[] | undefined {
  const table: Record<string, string> = ranges;
  return (table[`[${piece}]`] ?? table[piece])?.split(',');
}
