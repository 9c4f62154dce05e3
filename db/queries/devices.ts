import { sql } from 'drizzle-orm';
import type { DeviceRow, UnknownDevice } from '#contract/device.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/** All devices with the unit that carries them; those in use first. `at`: whether the previous token still holds. */
export const listDevices = (tx: Tx, at: Date): Promise<DeviceRow[]> =>
  rows(
    tx,
    sql`select device.id, protocol, identifier, crs, unit_id as "unitId", callsign,
          ${instant(sql`device.created_at`)} as "createdAt", ${instant(sql`rotated_at`)} as "rotatedAt",
          case when previous_token_until > ${at.toISOString()}::timestamptz
            then ${instant(sql`previous_token_until`)} end as "previousTokenUntil",
          ${instant(sql`last_used_at`)} as "lastUsedAt", ${instant(sql`revoked_at`)} as "revokedAt"
        from device left join unit on unit.id = unit_id
        order by revoked_at is not null, callsign nulls first, protocol, identifier`,
  );

/** Who tried to report without being known, the newest attempt first. */
export const listUnknownDevices = (tx: Tx): Promise<UnknownDevice[]> =>
  rows(
    tx,
    sql`select unknown_device.id, unknown_device.protocol, identifier_masked as "identifierMasked",
          device.identifier as gateway, address, attempts::float8 as attempts,
          ${instant(sql`first_at`)} as "firstAt", ${instant(sql`last_at`)} as "lastAt"
        from unknown_device left join device on device.id = gateway_id
        order by last_at desc, unknown_device.id`,
  );
