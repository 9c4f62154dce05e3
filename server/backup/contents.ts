import type pg from 'pg';
import type { Manifest } from './manifest.ts';

/** What a manifest says of the rows, as one connection that reaches everything sees it in one snapshot. */
export async function contentsOf(client: pg.ClientBase): Promise<Pick<Manifest, 'rows' | 'audit'>> {
  await client.query('begin isolation level repeatable read read only');
  await client.query(`select set_config('jianmian.reach', 'system', true)`);
  const tables = await tablesOf(client);
  const rows: Manifest['rows'] = {};
  for (const table of tables) {
    const counted = await client.query<{ n: string }>(`select count(*) as n from "${table}"`);
    rows[table] = Number(counted.rows[0]!.n);
  }
  const heads = await client.query<{ seq: string; head: string }>(
    `select seq, encode(hash, 'hex') as head from audit_head`,
  );
  const { seq, head } = heads.rows[0]!;
  return { rows, audit: { seq: Number(seq), head } };
}

/** As `contentsOf`, on a connection of its own. */
export async function contentsIn(pool: pg.Pool): Promise<Pick<Manifest, 'rows' | 'audit'>> {
  const client = await pool.connect();
  try {
    return await contentsOf(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The tables of the product, its partitions one by one, without those of extensions. */
export async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by 1`,
  );
  return rows.map(({ name }) => name);
}
