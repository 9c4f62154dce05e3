import { deflateRawSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { columnNames, layerColumns, layerNames } from '../../server/contract/layer-columns.ts';
import { isRounded } from '../../server/region/layer/rounded.ts';
import { readTable } from '../../server/region/layer/table.ts';
import { layerTemplate } from '../../server/region/layer/template.ts';
import { isWorkbook } from '../../server/region/layer/xlsx.ts';

type Sheet = ReturnType<typeof utils.aoa_to_sheet>;

function workbook(sheets: Record<string, Sheet>, bookType: 'xlsx' | 'xls' = 'xlsx'): Uint8Array {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}
const table = (rows: unknown[][]): Sheet => utils.aoa_to_sheet(rows);

/** A zip archive of one member, which may lie about its size. */
function zip(content: Uint8Array, claimedSize = content.length): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimedSize, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimedSize, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

describe('workbooks', () => {
  it.each(['xlsx', 'xls'] as const)(
    '%s: the first sheet, or the one that is named, with its line numbers',
    bookType => {
      const bytes = workbook(
        {
          卡口: table([['编号', '名称'], ['K1', '东门'], [], ['K2', ' 西门 ']]),
          其他: table([['a'], ['1']]),
        },
        bookType,
      );
      expect(isWorkbook(bytes)).toBe(true);
      expect(readTable(bytes, 'f')).toEqual([
        { row: 2, cells: { 编号: 'K1', 名称: '东门' } },
        { row: 4, cells: { 编号: 'K2', 名称: '西门' } },
      ]);
      expect(readTable(bytes, 'f', '其他')).toEqual([{ row: 2, cells: { a: '1' } }]);
      expect(() => readTable(bytes, 'f', '没有')).toThrow(/no sheet '没有'; expected one of 卡口, 其他/);
    },
  );

  it('numbers as they are, not as they are shown; zeros that a format shows stay', () => {
    const sheet = table([
      ['id', 'lng', 'n'],
      [7, 103.123456789, 1234567],
      ['007', 0.1, -5],
    ]);
    sheet['A2'].z = '0000';
    sheet['B2'].z = '0.00';
    sheet['C2'].z = '#,##0';
    expect(readTable(workbook({ s: sheet }), 'f').map(row => Object.values(row.cells))).toEqual([
      ['0007', '103.123456789', '1234567'],
      ['007', '0.1', '-5'],
    ]);
  });

  it('a number of more digits than a spreadsheet keeps is marked; the same as text is not', () => {
    const sheet = table([
      ['小区编号'],
      [Number('460001234567890123')],
      ['460001234567890123'],
      [460_001_234_567_890],
    ]);
    const [number, text, exact] = readTable(workbook({ s: sheet }), 'f').map(row => row.cells['小区编号']!);
    expect(isRounded(number!)).toBe(true);
    expect(text).toBe('460001234567890123');
    expect(exact).toBe('460001234567890');
  });

  it.each([
    ['says what it is', (bytes: Uint8Array) => zip(bytes)],
    ['lies', (bytes: Uint8Array) => zip(bytes, 100)],
  ])('a bomb that %s is refused before it is unpacked', (_name, make) => {
    const bomb = make(new Uint8Array(400_000_000));
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(() => readTable(bomb, 'table.xlsx')).toThrow(/unpacks to more than 300 MB/);
  });

  it('what is cut off is refused', () => {
    const bytes = workbook({ s: table([['a'], ['1']]) });
    expect(() => readTable(bytes.subarray(0, bytes.length - 30), 'f')).toThrow(/is damaged/);
    expect(() => readTable(bytes.subarray(0, 40), 'f')).toThrow(/is damaged/);
  });
});

describe('templates', () => {
  it.each(layerNames)('%s: titles that the reader understands, in both formats', layer => {
    for (const format of ['csv', 'xlsx'] as const) {
      const bytes = layerTemplate(layer, format);
      expect(() => readTable(bytes, 'f')).toThrow(/no rows/);
      const titles = layerColumns[layer].map(({ column }) => columnNames[column][1]);
      if (format === 'csv')
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
          `\u{FEFF}${titles.join(',')}\r\n`,
        );
      else expect(readTable(bytes, 'f', '说明').map(row => row.cells['列'])).toEqual(titles);
    }
  });
});
