/**
 * Fonts of the map's text. Nothing is asked of a glyph server: MapLibre draws each character with the browser.
 * The first name of a stack says the weight and names the style's own `font-faces`; the others are fonts that
 * computers have.
 */
import type { FontFacesSpecification } from 'maplibre-gl';

const installed = [
  'Noto Sans CJK SC',
  'Noto Sans SC',
  'Source Han Sans SC',
  'Microsoft YaHei',
  'PingFang SC',
];
const regularName = 'Jianmian Regular';
const boldName = 'Jianmian Bold';

export const regularFont = [regularName, ...installed];
export const boldFont = [boldName, ...installed];

/**
 * Web fonts for a computer without any Chinese font, else undefined: then the 3.6 MB a weight (in 101 pieces,
 * fetched as characters need them) stay where they are.
 */
export async function fontFacesIfNeeded(): Promise<FontFacesSpecification | undefined> {
  const local = installed.map(name => new FontFace('probe', `local('${name}')`).load());
  const found = await Promise.any(local).catch(() => null);
  if (found) return undefined;
  const { webFontFaces } = await import('./web-fonts.ts');
  return webFontFaces(regularName, boldName);
}
