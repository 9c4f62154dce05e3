import type pg from 'pg';

/** The rows that a migrated database begins with, by table. */
export type Contents = [table: string, rows: unknown[]][];

const TABLES = `
  select c.oid::regclass::text as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('spatial_ref_sys', 'schema_migration')
  order by 1`;

/** Identity columns and sequences count from their start again. */
const RESTART_SEQUENCES = `
  select setval(oid::regclass, 1, false) from pg_class
  where relnamespace = 'public'::regnamespace and relkind = 'S'`;

export async function captureContents(pool: pg.Pool): Promise<Contents> {
  const contents: Contents = [];
  for (const name of await names(pool, TABLES)) {
    const { rows } = await pool.query<{ row: unknown }>(`select to_jsonb(t) as row from ${name} t`);
    contents.push([name, rows.map(({ row }) => row)]);
  }
  return contents;
}

/** Makes every table what it was when captured; tables that tests made themselves go. */
export async function restoreContents(pool: pg.Pool, contents: Contents): Promise<void> {
  const known = contents.map(([name]) => name);
  const added = (await names(pool, TABLES)).filter(name => !known.includes(name));
  const seeded = contents.filter(([, rows]) => rows.length > 0);
  // To truncate an empty table is slow too: only those that have something.
  const filled = await names(
    pool,
    known.map(name => `select '${name}' as name where exists (select from ${name})`).join(' union all '),
  );
  const emptied = new Set([...filled, ...seeded.map(([name]) => name)]);
  await pool.query(
    [
      'begin',
      ...added.map(name => `drop table ${name} cascade`),
      ...(emptied.size > 0 ? [`truncate ${[...emptied].join(', ')} cascade`] : []),
      RESTART_SEQUENCES,
      ...seeded.map(([name, rows]) => insertion(name, rows)),
      'commit',
    ].join(';\n'),
  );
}

function insertion(table: string, rows: readonly unknown[]): string {
  const json = JSON.stringify(rows).replaceAll("'", "''");
  return `insert into ${table} overriding system value
    select * from jsonb_populate_recordset(null::${table}, '${json}')`;
}

async function names(pool: pg.Pool, query: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}
