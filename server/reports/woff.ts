import { inflateSync } from 'node:zlib';

/**
 * A WOFF 1.0 font as the plain font (SFNT) that is packed in it: header of 44 bytes, 20 bytes a table, each table packed with zlib or
 * as it is (W3C WOFF 1.0, sections 3 to 5). PDFKit's reader unpacks a table again at every look into it, which takes a minute a bulletin.
 * Throws an Error for anything else.
 */
export function unpackWoff(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('expected a WOFF font');
  const count = file.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + i * 20;
    const [start, packed, length] = [4, 8, 12].map(offset => file.readUInt32BE(at + offset)) as [
      number,
      number,
      number,
    ];
    const bytes = file.subarray(start, start + packed);
    return {
      tag: file.subarray(at, at + 4),
      checksum: file.readUInt32BE(at + 16),
      bytes: packed < length ? inflateSync(bytes) : bytes,
    };
  });
  const head = Buffer.alloc(12 + count * 16);
  file.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  // For binary search in the table of tables: the greatest power of two that is not more than `count`.
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(count * 16 - 2 ** power * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  tables.forEach(({ tag, checksum, bytes }, i) => {
    const at = 12 + i * 16;
    tag.copy(head, at);
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const padding = (4 - (bytes.length % 4)) % 4;
    parts.push(bytes, Buffer.alloc(padding));
    offset += bytes.length + padding;
  });
  return Buffer.concat(parts);
}
