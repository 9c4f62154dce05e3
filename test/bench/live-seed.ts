/** Units, a gateway and signed-in screens, written straight into a database before the server starts. */
import { createHash } from 'node:crypto';
import type { Database } from '../../db/connect.ts';

export interface Seeded {
  unitIds: string[];
  /** Bearer token of a gateway that speaks for all units. */
  gatewayToken: string;
  /** Session tokens, one a screen. */
  sessionTokens: string[];
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
/** Tokens have the shape of real ones; they open nothing but this database. */
const tokenOf = (name: string): string => createHash('sha256').update(`bench ${name}`).digest('base64url');

export async function seed(database: Database, units: number, screens: number): Promise<Seeded> {
  const unitIds = Array.from({ length: units }, (_, index) => `unt_bench${index}`);
  const sessionTokens = Array.from({ length: screens }, (_, index) => tokenOf(`screen ${index}`));
  const gatewayToken = tokenOf('gateway');
  await database.pool.query(
    'delete from device; delete from position; delete from unit; delete from app_user',
  );
  await database.pool.query(
    `insert into unit (id, callsign, kind, state, sworn, auxiliary, created_at)
     select id, id, 'car', 'available', 1, 1, now() from unnest($1::text[]) as id`,
    [unitIds],
  );
  await database.pool.query(
    `insert into domain_event (kind, actor, observed_at, received_at, payload)
     select 'unitCreated', 'system:bench', now(), now(), jsonb_build_object('unitId', id, 'slot', slot, 'callsign', callsign,
       'stationId', null, 'kind', kind, 'crew', jsonb_build_object('sworn', 1, 'auxiliary', 1), 'state', state)
     from unit order by slot`,
  );
  await database.pool.query(
    `insert into device (id, protocol, identifier, crs, token_hash, created_at)
     values ('dev_bench', 'gateway', 'bench', 'wgs84', $1, now())`,
    [hash(gatewayToken)],
  );
  await database.pool.query(
    `insert into app_user (id, username, display_name, role, password_hash, created_at)
     values ('usr_bench', 'bench', 'bench', 'operator', '', now())`,
  );
  await database.pool.query(
    `insert into user_session (id, token_hash, user_id, created_at, last_seen_at, expires_at)
     select 'ses_bench' || n, token, 'usr_bench', now(), now(), now() + interval '1 day'
     from unnest($1::bytea[]) with ordinality as session (token, n)`,
    [sessionTokens.map(hash)],
  );
  return { unitIds, gatewayToken, sessionTokens };
}

/** How many rows a second the table takes at best: the same statement in transactions of 500, one after another. */
export async function rawInsertPerS(database: Database, forMs: number): Promise<number> {
  const rows = 500;
  const lng = Array.from({ length: rows }, (_, index) => 100 + index / 1e7);
  const started = performance.now();
  let inserted = 0;
  for (let batch = 0; performance.now() - started < forMs; batch++) {
    const keys = lng.map((_, index) =>
      createHash('sha256').update(`raw ${batch} ${index}`).digest('hex').slice(0, 32),
    );
    const at = Array.from({ length: rows }, (_, index) => Date.now() - index);
    await database.pool.query(
      `insert into position (device_id, observed_at, payload_hash, unit_id, received_at, point, raw_lng, raw_lat, raw_crs, future)
       select 'dev_raw', to_timestamp(at / 1000), decode(key, 'hex'), 'unt_raw', now(), ST_SetSRID(ST_MakePoint(lng, 24.8), 4326),
         lng, 24.8, 'wgs84', false
       from unnest($1::float8[], $2::text[], $3::float8[]) as fix (at, key, lng) on conflict do nothing`,
      [at, keys, lng],
    );
    inserted += rows;
  }
  return Math.round((inserted / (performance.now() - started)) * 1000);
}
