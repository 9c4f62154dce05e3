/** Rows that tests of the live side need, written past the services. */
import type { Database } from '../../db/connect.ts';
import type { DomainEvent } from '#domain/event/event.ts';

const createdAt = '2026-11-01T00:00:00Z';

/** Units `unt-1…count` without station, each with a device of the same number; a gateway; returns their slots. */
export async function addUnits(database: Database, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await database.pool.query(
    `insert into unit (id, callsign, kind, state, sworn, auxiliary, created_at)
     select 'unt-' || n, 'C' || n, 'car', 'available', 1, 1, $2 from unnest($1::int[]) as n order by n`,
    [numbers, createdAt],
  );
  await database.pool.query(
    `insert into device (id, unit_id, protocol, identifier, crs, token_hash, created_at)
     select 'dev-' || n, 'unt-' || n, 'osmand', (860000 + n)::text, 'wgs84', sha256(n::text::bytea), $2
     from unnest($1::int[]) as n`,
    [numbers, createdAt],
  );
  await database.pool.query(
    `insert into device (id, unit_id, protocol, identifier, crs, token_hash, created_at)
     values ('dev-gw', null, 'gateway', 'gw', 'gcj02', sha256('gw'), $1)`,
    [createdAt],
  );
}

/** Appends facts; the database numbers them. */
export async function appendFacts(database: Database, facts: readonly DomainEvent[]): Promise<void> {
  for (const fact of facts) {
    await database.pool.query(
      `insert into domain_event (kind, incident_id, actor, observed_at, received_at, payload)
       values ($1, $2, $3, $4, $5, $6)`,
      [fact.kind, fact.incidentId, fact.actor, fact.observedAt, fact.receivedAt, fact.payload],
    );
  }
}
