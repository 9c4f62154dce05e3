/** Small pieces of SQL that every question is made of. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';

/** Runs a query and gives its rows as plain objects, named as the query names them. */
export async function rows<Row>(tx: Tx, query: SQL): Promise<Row[]> {
  const result = await tx.execute(query);
  return result.rows as Row[];
}

/** The first row, if there is one. */
export async function firstRow<Row>(tx: Tx, query: SQL): Promise<Row | undefined> {
  const [row] = await rows<Row>(tx, query);
  return row;
}

/** A timestamptz as ISO 8601 text in UTC with milliseconds. */
export const instant = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A row of `domain_event` as a fact. */
export const factColumns: SQL = sql`seq::float8 as seq, kind, incident_id as "incidentId", actor,
  ${instant(sql`observed_at`)} as "observedAt", ${instant(sql`received_at`)} as "receivedAt", payload`;

/** A timestamptz as milliseconds since 1970. */
export const epochMs = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`;

/** A point that is never null, as {lng, lat}. */
export const lngLatOf = (column: SQL): SQL =>
  sql`json_build_object('lng', ST_X(${column}), 'lat', ST_Y(${column}))`;

/** A point as {lng, lat}; null stays null. */
export const lngLat = (column: SQL): SQL =>
  sql`case when ${column} is null then null else ${lngLatOf(column)} end`;

/** A WGS-84 point from degrees; null stays null. */
export const point = (position: { lng: number; lat: number } | null | undefined): SQL =>
  position
    ? sql`ST_SetSRID(ST_MakePoint(${position.lng}::float8, ${position.lat}::float8), 4326)`
    : sql`null::geometry`;

/** west, south, east, north in degrees as a box to intersect with. */
export const envelope = ([west, south, east, north]: readonly [number, number, number, number]): SQL =>
  sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;

/** A value as jsonb. */
export const jsonb = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;
