import { columnNames, layerColumns, type LayerName } from '#contract/layer-columns.ts';
import { writeWorkbook } from './xlsx.ts';

export type TemplateFormat = 'csv' | 'xlsx';

/**
 * An empty table of a layer with its Chinese titles. The workbook explains them on a second sheet; the CSV begins with
 * a byte order mark, or Excel would take it for GBK.
 */
export function layerTemplate(layer: LayerName, format: TemplateFormat): Uint8Array {
  const columns = layerColumns[layer];
  const titles = columns.map(({ column }) => columnNames[column][1]);
  if (format === 'csv') return new TextEncoder().encode(`\u{FEFF}${titles.join(',')}\r\n`);
  const explained = columns.map(({ column, required, example }) => [
    columnNames[column][1],
    column,
    required ? '必填 required' : '选填 optional',
    example,
  ]);
  return writeWorkbook([
    { name: '数据', rows: [titles], widths: titles.map(title => Math.max(14, title.length * 2 + 4)) },
    {
      name: '说明',
      rows: [['列', 'Column', '', '示例 Example'], ...explained],
      widths: [16, 16, 18, 28],
    },
  ]);
}
