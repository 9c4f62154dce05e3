import type pg from 'pg';
import { DatabaseUnsuitable } from './errors.ts';

const POSTGRESQL_FLOOR = 15;
const POSTGIS_FLOOR = '3.3';

/** Throws DatabaseUnsuitable, saying what to install, unless the server is recent enough and can have PostGIS. */
export async function checkVersions(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ postgresql: string; postgis: string | null }>(`
    select current_setting('server_version_num') as postgresql,
      coalesce(
        (select extversion from pg_extension where extname = 'postgis'),
        (select default_version from pg_available_extensions where name = 'postgis')) as postgis`);
  const found = rows[0];
  if (!found) throw new DatabaseUnsuitable('The database did not tell its version.');
  assertVersions(Math.floor(Number(found.postgresql) / 10_000), found.postgis);
}

/** The rule itself. `postgis` is null where the server has no such extension to offer. */
export function assertVersions(postgresqlMajor: number, postgis: string | null): void {
  if (postgresqlMajor < POSTGRESQL_FLOOR)
    throw new DatabaseUnsuitable(
      `PostgreSQL ${postgresqlMajor} is too old: version ${POSTGRESQL_FLOOR} or later is needed.`,
    );
  const hint = `on Debian: apt-get install postgresql-${postgresqlMajor}-postgis-3`;
  if (postgis === null)
    throw new DatabaseUnsuitable(`The PostgreSQL server has no PostGIS; ${hint}, then start again.`);
  if (compareVersions(postgis, POSTGIS_FLOOR) < 0)
    throw new DatabaseUnsuitable(
      `PostGIS ${postgis} is too old: version ${POSTGIS_FLOOR} or later is needed; ${hint}.`,
    );
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
