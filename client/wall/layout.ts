/** `wide`: walls of several panels in a row, where panels take two columns beside the map. */
export type WallLayout = 'standard' | 'wide';

/** Two and more panels side by side: 32:9, and three of 16:9. */
const wideFrom = 2.6;

/** What `?layout=wide` or `?layout=standard` asks for; else by the window's shape. */
export function layoutFrom(query: string, widthPx: number, heightPx: number): WallLayout {
  const asked = new URLSearchParams(query).get('layout');
  if (asked === 'wide' || asked === 'standard') return asked;
  return widthPx / Math.max(1, heightPx) >= wideFrom ? 'wide' : 'standard';
}
