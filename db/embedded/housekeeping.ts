import type pg from 'pg';

/** The thresholds of PostgreSQL's autovacuum: a fixed number of rows and a share of the table. */
const WORN_TABLES = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_dead_tup + n_mod_since_analyze desc`;

/**
 * Vacuums and analyses the tables that changed much, one after the other, so that other queries get in between.
 * The embedded engine has no autovacuum: without this, tables swell and plans go by the statistics of an empty database.
 * @returns the names of the tables.
 */
export async function vacuumWornTables(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(WORN_TABLES);
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`);
  return rows.map(({ name }) => name);
}
