/** Beginnings of files that people pick by mistake, and what to say about them. */
const SIGNATURES: [RegExp, string][] = [
  [/^\x89PNG/, 'a PNG picture'],
  [/^\xff\xd8\xff/, 'a JPEG picture'],
  [/^%PDF/, 'a PDF document'],
  [/^PK\x03\x04/, 'a ZIP archive (a shapefile or spreadsheet?)'],
  [/^\x1f\x8b/, 'a gzip archive: unpack it first'],
  [/^BZh/, 'a bzip2 archive of OSM XML: convert it first (osmium cat IN.osm.bz2 -o OUT.osm.pbf)'],
  [/^SQLite format 3/, 'an SQLite database'],
  [/^PMTiles/, 'a PMTiles map'],
  [/^(\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*<osm|^(\xef\xbb\xbf)?\s*<osm/, 'OSM XML: convert it first (osmium cat IN.osm -o OUT.osm.pbf)'],
  [/^(\xef\xbb\xbf)?\s*</, 'an XML or HTML document'],
  [/^(\xef\xbb\xbf)?\s*[{[]/, 'a JSON document'],
  [/^\xfd7zXZ/, 'an xz archive: unpack it first'],
];

/** What a file is that is certainly no .osm.pbf, from its first bytes; null when it may be one. */
export function foreignKind(head: Buffer): string | null {
  const text = head.toString('latin1');
  for (const [signature, kind] of SIGNATURES) if (signature.test(text)) return kind;
  // A PBF file starts with the length of a short header, so its first two bytes are zero; no text does.
  return head.length >= 4 && head.every(byte => byte >= 0x09 && byte !== 0x7f) ? 'a text file' : null;
}
