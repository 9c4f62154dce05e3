import { is } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { PgTable, getTableConfig } from 'drizzle-orm/pg-core';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { expect, it } from 'vitest';
import type { Database } from '../../db/connect.ts';
import * as schema from '../../db/schema/index.ts';
import { describeEachDatabase } from '../builders/database.ts';

interface Column {
  type: string;
  notNull: boolean;
  hasDefault: boolean;
}
type Tables = Record<
  string,
  { columns: Record<string, Column>; primaryKey: string[]; unique: string[]; references: string[] }
>;

const nameOf = (column: PgColumn) => (column.keyAsName ? toSnakeCase(column.name) : column.name);

function declaredTables(): Tables {
  const tables: Tables = {};
  for (const table of Object.values(schema) as unknown[]) {
    if (!is(table, PgTable)) continue;
    const config = getTableConfig(table);
    const columns = Object.fromEntries(
      config.columns.map(column => [nameOf(column), declaredColumn(column)]),
    );
    const single = config.columns.filter(column => column.primary).map(nameOf);
    const composite = config.primaryKeys.flatMap(key => key.columns.map(nameOf));
    tables[config.name] = {
      columns,
      primaryKey: [...single, ...composite],
      unique: [
        ...config.columns.filter(column => column.isUnique).map(nameOf),
        ...config.uniqueConstraints.map(constraint => constraint.columns.map(nameOf).join(',')),
      ].toSorted(),
      references: config.foreignKeys
        .map(key => {
          const { columns: from, foreignTable } = key.reference();
          return `${from.map(nameOf).join(',')} -> ${getTableConfig(foreignTable).name} ${key.onDelete ?? 'no action'}`;
        })
        .toSorted(),
    };
  }
  return tables;
}

function declaredColumn(column: PgColumn): Column {
  return {
    // PostgreSQL prints 'numeric(14,2)', drizzle 'numeric(14, 2)'.
    type: column.getSQLType().replaceAll(', ', ','),
    notNull: column.notNull,
    hasDefault: column.default !== undefined || column.generatedIdentity !== undefined,
  };
}

const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as "notNull", a.atthasdef or a.attidentity <> '' as "hasDefault"
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('spatial_ref_sys', 'schema_migration') and a.attnum > 0 and not a.attisdropped`;
const CONSTRAINTS = `
  select t.relname as table, c.contype as kind, f.relname as "foreignTable",
    array(select a.attname::text from unnest(c.conkey) with ordinality as k(number, position)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.position) as columns,
    case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' else 'no action' end as "onDelete"
  from pg_constraint c join pg_class t on t.oid = c.conrelid left join pg_class f on f.oid = c.confrelid
  where c.contype in ('p', 'u', 'f') and c.connamespace = 'public'::regnamespace`;

async function actualTables({ pool }: Database): Promise<Tables> {
  const tables: Tables = {};
  const columns = await pool.query<Column & { table: string; column: string }>(COLUMNS);
  for (const { table, column, ...rest } of columns.rows) {
    tables[table] ??= { columns: {}, primaryKey: [], unique: [], references: [] };
    tables[table].columns[column] = rest;
  }
  const constraints = await pool.query<{
    table: string;
    kind: 'p' | 'u' | 'f';
    foreignTable: string;
    columns: string[];
    onDelete: string;
  }>(CONSTRAINTS);
  for (const constraint of constraints.rows) {
    const table = tables[constraint.table];
    if (!table) continue;
    const names = constraint.columns.join(',');
    if (constraint.kind === 'p') table.primaryKey = constraint.columns;
    else if (constraint.kind === 'u') table.unique.push(names);
    else table.references.push(`${names} -> ${constraint.foreignTable} ${constraint.onDelete}`);
  }
  for (const table of Object.values(tables)) {
    table.unique.sort();
    table.references.sort();
  }
  return tables;
}

describeEachDatabase('the schema in code', makeDatabase => {
  it('is the schema that the migrations make: columns, types, nullability, defaults and keys', async () => {
    expect(declaredTables()).toEqual(await actualTables(await makeDatabase()));
  });

  it('can be queried table by table', async () => {
    const database = await makeDatabase();
    for (const table of Object.values(schema) as unknown[])
      if (is(table, PgTable)) await expect(database.db.select().from(table)).resolves.toBeInstanceOf(Array);
  });
});
