/** First bytes (as Latin-1) of files that people pick by mistake, and what to say about them. */
const SIGNATURES: [start: string, kind: string][] = [
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive (a shapefile or spreadsheet?)'],
  ['\x1f\x8b', 'a gzip archive: unpack it first'],
  ['\xfd7zXZ', 'an xz archive: unpack it first'],
  ['BZh', 'a bzip2 archive of OSM XML: convert it first (osmium cat IN.osm.bz2 -o OUT.osm.pbf)'],
  ['SQLite format 3', 'an SQLite database'],
  ['PMTiles', 'a PMTiles map'],
];
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** What a file is that is certainly no .osm.pbf, from its first bytes; null when it may be one. */
export function foreignKind(head: Buffer): string | null {
  const start = head.toString('latin1').replace(BYTE_ORDER_MARK, '');
  const binary = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (binary) return binary[1];
  if (/^\s*(<\?xml[^>]*\?>\s*)?<osm\b/.test(start)) {
    return 'OSM XML: convert it first (osmium cat IN.osm -o OUT.osm.pbf)';
  }
  if (/^\s*</.test(start)) return 'an XML or HTML document';
  if (/^\s*[{[]/.test(start)) return 'a JSON document';
  // A PBF file starts with the length of a short header, so its first two bytes are zero; no text's are.
  return head.length >= 4 && head.every(byte => byte >= 0x09 && byte !== 0x7f) ? 'a text file' : null;
}
