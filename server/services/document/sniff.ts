/** What a file is by its first bytes; what it is called is anybody's word. Drawings with scripts in them (SVG) are not taken. */
const kinds: { mime: string; extension: string; starts: (bytes: Uint8Array) => boolean }[] = [
  { mime: 'image/jpeg', extension: 'jpg', starts: bytes => has(bytes, 0, [0xff, 0xd8, 0xff]) },
  {
    mime: 'image/png',
    extension: 'png',
    starts: bytes => has(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  {
    mime: 'image/webp',
    extension: 'webp',
    starts: bytes => has(bytes, 0, ascii('RIFF')) && has(bytes, 8, ascii('WEBP')),
  },
  { mime: 'application/pdf', extension: 'pdf', starts: bytes => has(bytes, 0, ascii('%PDF-')) },
];

/** The type of a document; undefined: none that is taken. */
export const sniff = (bytes: Uint8Array): string | undefined =>
  kinds.find(({ starts }) => starts(bytes))?.mime;

export const extensionOf = (mime: string): string =>
  kinds.find(kind => kind.mime === mime)?.extension ?? 'txt';

const ascii = (text: string): number[] => Array.from(text, character => character.charCodeAt(0));
const has = (bytes: Uint8Array, from: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, i) => bytes[from + i] === byte);
