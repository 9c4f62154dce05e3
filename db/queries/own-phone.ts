import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow, instant } from './sql.ts';

/** The phone of a user that reports for the unit that he rides with. */
export interface OwnPhone {
  deviceId: string;
  unitId: string;
  /** The unit's station. */
  stationId: string | null;
  since: string;
}

/** The name under which a user's own phone is registered; protocol `field`. */
export const ownPhoneName = (userId: string): string => `user:${userId}`;

/** Undefined: the user reports for nobody. */
export const ownPhone = (tx: Tx, userId: string): Promise<OwnPhone | undefined> =>
  firstRow(
    tx,
    sql`select d.id as "deviceId", d.unit_id as "unitId", u.station_id as "stationId",
          ${instant(sql`d.created_at`)} as since
        from device d join unit u on u.id = d.unit_id
        where d.protocol = 'field' and d.identifier = ${ownPhoneName(userId)}
          and d.revoked_at is null and u.retired_at is null`,
  );
