import { sql } from 'drizzle-orm';
import type { PinPart } from '#contract/wall-pin.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/** What the wall may show of an incident now. */
export interface StandingPin {
  incidentId: string;
  number: number;
  show: PinPart[];
  pinnedByName: string;
  untilAt: string;
}

/** Pins whose incident is open and whose authority holds at `at`, the oldest first. */
export const standingPins = (tx: Tx, at: Date): Promise<StandingPin[]> =>
  rows(
    tx,
    sql`select p.incident_id as "incidentId", i.number, p.show, u.display_name as "pinnedByName",
          ${instant(sql`p.until_at`)} as "untilAt"
        from wall_pin p join incident i on i.id = p.incident_id join authority a on a.id = p.authority_id
          join app_user u on u.id = p.pinned_by
        where i.state = 'open' and a.approved_by is not null and a.revoked_at is null
          and least(p.until_at, a.expires_at) > ${at.toISOString()}::timestamptz
        order by p.pinned_at, p.incident_id`,
  );
