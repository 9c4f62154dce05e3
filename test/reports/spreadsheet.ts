/** A workbook as a spreadsheet program reads it that has nothing in common with the library that wrote it: Debian's openpyxl. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where openpyxl is absent its tests are skipped by name; with CI_REQUIRE_ALL=1 they fail instead. */
export const hasSpreadsheet =
  existsSync('/usr/lib/python3/dist-packages/openpyxl') || process.env['CI_REQUIRE_ALL'] === '1';

const script = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
print(json.dumps({sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}))
`;

/** The cells of each sheet, row by row; null where there is nothing. */
export async function sheetsOf(bytes: Uint8Array): Promise<Record<string, (string | number | null)[][]>> {
  const dir = await mkdtemp(join(tmpdir(), 'jianmian-sheet-'));
  try {
    const path = join(dir, 'bulletin.xlsx');
    await writeFile(path, bytes);
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', script, path], {
      maxBuffer: 1 << 26,
    });
    return JSON.parse(stdout);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
