import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/**
 * Compares the SQL of a drizzle query with `test/golden/sql/<name>.sql`, so that a change of a query shows in review.
 * `UPDATE_GOLDEN=1` writes the file; a missing file fails without it.
 * @param query anything with drizzle's `toSQL()`.
 */
export function expectGoldenSql(name: string, query: { toSQL(): { sql: string; params: unknown[] } }): void {
  const file = fileURLToPath(new URL(`../golden/sql/${name}.sql`, import.meta.url));
  const actual = printQuery(query.toSQL());
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  const golden = existsSync(file)
    ? readFileSync(file, 'utf8')
    : '(no golden file: run with UPDATE_GOLDEN=1)\n';
  expect(actual).toBe(golden);
}

/** One clause a line; parameters as comments behind. */
function printQuery({ sql, params }: { sql: string; params: unknown[] }): string {
  const clauses = sql
    .replaceAll(/\s+/g, ' ')
    .replaceAll(
      /(?<=[^(]) (?=(?:from|(?:inner|left|right|full) join|where|group by|having|order by|limit|offset|values|on conflict|set|returning|for update)\b)/g,
      '\n',
    )
    .trim();
  const values = params.map((value, index) => `-- $${index + 1}: ${JSON.stringify(value)}`);
  return `${[clauses, ...values].join('\n')}\n`;
}
