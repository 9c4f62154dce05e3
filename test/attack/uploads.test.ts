/** S14: tables that are weapons. What is refused is refused by the reader itself, before its library sees anything. */
import { deflateRawSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../server/region/layer/table.ts';
import { csvRow } from '../../server/services/export/csv.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

interface Member {
  name: string;
  content: string | Uint8Array;
  /** What its two headers say; the content is deflated unless `stored`. */
  stored?: boolean;
  centralMethod?: number;
  localMethod?: number;
  claimedSize?: number;
}

/** A zip archive whose headers may contradict each other. */
function zip(members: readonly Member[], entries = members.length, entriesOnDisk = entries): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored = false, centralMethod, localMethod, claimedSize } of members) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const method = stored ? 0 : 8;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(localMethod ?? method, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(claimedSize ?? plain.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(centralMethod ?? method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimedSize ?? plain.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entriesOnDisk, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
/** The least that is a workbook, with a sheet of one's own making. */
const workbook = (sheet: string, more: Partial<Member> = {}): Member[] => [
  {
    name: '[Content_Types].xml',
    content: `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: `${xml}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>`,
  },
  { name: 'xl/worksheets/sheet1.xml', content: sheet, ...more },
];
const sheetOf = (rows: string, before = '') =>
  `${xml}${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const harmless = sheetOf(`<row r="1">${cell('A1', 'id')}</row><row r="2">${cell('A2', 'K1')}</row>`);
const bounds = { rows: 1000, unpackedBytes: 1_000_000 };
const read = (bytes: Uint8Array) => readTable(bytes, 'table', undefined, bounds);
const zeros = new Uint8Array(5_000_000);

describe('S14 workbooks as weapons', () => {
  it('one made here reads like any other', () => {
    expect(read(zip(workbook(harmless)))).toEqual([{ row: 2, cells: { id: 'K1' } }]);
  });

  it.each([
    ['a bomb', zip([...workbook(harmless), { name: 'x', content: zeros }])],
    [
      'in many parts',
      zip([
        ...workbook(harmless),
        ...Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, content: zeros.subarray(0, 200_000) })),
      ]),
    ],
    [
      'in more parts than a workbook has',
      zip([
        ...workbook(harmless),
        ...Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, content: '' })),
      ]),
    ],
    ['that says it is small', zip([...workbook(harmless), { name: 'x', content: zeros, claimedSize: 10 }])],
  ])('%s is too large', (_, bytes) => {
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(() => read(bytes)).toThrow(/unpacks to more than 1 MB/);
  });

  it('a bomb that only one of its two headers calls packed is not unpacked', () => {
    const bomb = sheetOf(`<row r="1">${cell('A1', 'x'.repeat(20_000_000))}</row>`);
    const bytes = zip(workbook(bomb, { centralMethod: 0 }));
    expect(bytes.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => read(bytes)).toThrow();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(15_000_000);
  });

  it('members that the directory hides from one reader are hidden from the other', () => {
    const members = [...workbook(harmless), { name: 'x', content: zeros }];
    expect(read(zip(members, members.length - 1, members.length))).toEqual([{ row: 2, cells: { id: 'K1' } }]);
  });

  it.each([
    [
      'far right',
      sheetOf(
        Array.from({ length: 300 }, (_, i) => `<row r="${i + 1}">${cell(`XFD${i + 1}`, 'x')}</row>`).join(''),
      ),
    ],
    [
      'wide',
      sheetOf(
        `<row r="1">${Array.from({ length: 501 }, () => '<c t="inlineStr"><is><t>x</t></is></c>').join('')}</row>`,
      ),
    ],
  ])('a sheet that is filled %s is refused, not filled up', (_, sheet) => {
    expect(() => read(zip(workbook(sheet)))).toThrow(/columns in a row; expected 500 at most/);
  });

  it('a row far down costs no time', () => {
    const sheet = sheetOf(
      `<row r="1">${cell('A1', 'id')}</row><row r="4000000000">${cell('A4000000000', 'x')}</row>`,
    );
    expect(() => read(zip(workbook(sheet)))).not.toThrow(/memory/);
  }, 5000);

  it('entities are neither fetched nor multiplied', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">${Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')}<!ENTITY e0 "lol">]>`;
    const rows = `<row r="1">${cell('A1', 'id')}</row><row r="2">${cell('A2', '&f;&e30;')}</row>`;
    const text = JSON.stringify(read(zip(workbook(sheetOf(rows, bomb)))));
    expect(text).not.toContain('root:');
    expect(text.length).toBeLessThan(200);
  });

  it('names of columns and sheets that are names of the language are only names', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const book = utils.book_new();
      utils.book_append_sheet(
        book,
        utils.aoa_to_sheet([
          [name, 'id'],
          ['polluted', '1'],
        ]),
        'a',
      );
      const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
      const [row] = readTable(bytes, 'table');
      expect(Object.entries(row!.cells)).toContainEqual(['id', '1']);
      expect(() => readTable(bytes, 'table', name)).toThrow(/has no sheet/);
      expect(readTable(Buffer.from(`${name},id\npolluted,1\n`), 'table')).toHaveLength(1);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('whatever bytes are changed, it is a table or a refusal (property)', () => {
    const good = zip(workbook(harmless));
    const place = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), places => {
        const bytes = Buffer.from(good);
        for (const { at, byte } of places) bytes[at] = byte;
        try {
          read(bytes);
        } catch (error) {
          expect((error as Error).name, String(error)).toBe('RegionError');
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('S14 texts as weapons', () => {
  it.each([
    ['a long header', Buffer.from(`${'a,'.repeat(100_000)}\n${'1\n'.repeat(100_000)}`), /columns in a row/],
    [
      'more rows than anybody has',
      Buffer.from(`id\n${'1\n'.repeat(400_000)}`),
      /400000 rows; expected 1000 at most/,
    ],
    ['nested JSON', Buffer.from(`{"a":${'['.repeat(400_000)}`), /not valid JSON/],
  ])('%s is refused', (_, bytes, message) => {
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(() => read(bytes)).toThrow(message);
  });

  it('no cell of an export is a formula (property)', () => {
    const mark = { exportId: 'exp_1' } as Parameters<typeof csvRow>[0];
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '', '"', ',', '\n');
    fc.assert(
      fc.property(start, fc.string(), (sign, rest) => {
        const row = csvRow(mark, [sign + rest, 'x']);
        const first = row.startsWith('"') ? row.slice(1).replaceAll('""', '"') : row;
        expect(first).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describeEachDatabase('S14 uploads', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());

  it('the roster’s import refuses them with a code, and goes on', async () => {
    const send = async (body: Uint8Array) => {
      const answer = await app.app.request('/api/roster/import', {
        method: 'POST',
        headers: { ...app.credentials('leader'), 'content-type': 'application/octet-stream' },
        body: new Uint8Array(body),
      });
      return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
    };
    expect(
      await send(zip([...workbook(harmless), { name: 'x', content: new Uint8Array(40_000_000) }])),
    ).toEqual([400, 'invalidBody']);
    expect(await send(Buffer.from(`${'a,'.repeat(200_000)}\n${'1\n'.repeat(200_000)}`))).toEqual([
      400,
      'invalidBody',
    ]);
    expect(await send(new Uint8Array(1_000_001))).toEqual([413, 'tooLarge']);
    expect((await app.as('leader')('GET', '/api/roster/now')).status).toBe(200);
  });
});
