/** Reading back what the bulletin was written as, with nothing of the libraries that wrote it. */
import { inflateRawSync, inflateSync } from 'node:zlib';

/** The text of every part of a workbook: its zip by the central directory, its XML by its text. */
export function workbookText(file: Uint8Array): string {
  const bytes = Buffer.from(file);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  const parts: string[] = [];
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map(offset => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    parts.push((method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return parts.join('\n').replaceAll(/<[^>]*>/g, '|');
}

/** The text of a PDF: its glyphs by the ToUnicode table of the font that each is shown in. */
export function paperText(file: Uint8Array): string {
  const source = Buffer.from(file).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id, body] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id!, body!);
  const stream = (id: string) => {
    const body = /stream\n([\s\S]*?)\nendstream/.exec(objects.get(id) ?? '')?.[1] ?? '';
    return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
  };
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values())
    for (const [, name, font] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font!) ?? '')?.[1];
      if (table !== undefined && !fonts.has(name!)) fonts.set(name!, glyphs(stream(table)));
    }
  const pages = [...objects.values()].filter(body => /\/Type \/Page\n/.test(body));
  return pages.map(body => shown(stream(/\/Contents (\d+) 0 R/.exec(body)![1]!), fonts)).join('\n');
}

function glyphs(table: string): Map<number, string> {
  const found = new Map<number, string>();
  const text = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
  // A ligature stands for several characters, with spaces between them in the table.
  for (const [, from, , list] of table.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g))
    [...list!.matchAll(/<([\w ]+)>/g)].forEach(([, hex], i) =>
      found.set(Number.parseInt(from!, 16) + i, text(hex!)),
    );
  return found;
}

function shown(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let text = '';
  let font: ReadonlyMap<number, string> | undefined;
  let y = '';
  for (const [, name, line, array] of content.matchAll(
    /\/(F\d+) [\d.]+ Tf|1 0 0 1 [\d.-]+ ([\d.-]+) Tm|\[([^\]]*)\] TJ/g,
  )) {
    if (name !== undefined) font = fonts.get(name);
    else if (line !== undefined) {
      if (line !== y) text += '\n';
      y = line;
    } else
      for (const [, hex] of array!.matchAll(/<(\w+)>/g))
        for (let i = 0; i < hex!.length; i += 4)
          text += font?.get(Number.parseInt(hex!.slice(i, i + 4), 16)) ?? '�';
  }
  return text;
}
