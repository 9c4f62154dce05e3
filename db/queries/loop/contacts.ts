import { sql } from 'drizzle-orm';
import type { Risk } from '#contract/alert.ts';
import type { ContactView } from '#contract/lines.ts';
import type { Attempt } from '#domain/loop/contact.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant, rows } from '../sql.ts';

/** All attempts to reach her, oldest first. */
export const attemptsOf = (tx: Tx, incidentId: string): Promise<Attempt[]> =>
  rows(
    tx,
    sql`select channel, outcome, ${instant(sql`at`)} as at from contact
        where incident_id = ${incidentId} order by contact.at, id`,
  );

/** The attempts with what was noted, newest first. */
export const contactViews = (tx: Tx, incidentId: string): Promise<ContactView[]> =>
  rows(
    tx,
    sql`select c.id, c.channel, c.outcome, ${instant(sql`c.at`)} as at, t.body as note
        from contact c left join text_private t on t.id = c.note_id
        where c.incident_id = ${incidentId} order by c.at desc, c.id desc`,
  );

/** How grave an incident is. */
export const riskOf = (tx: Tx, incidentId: string): Promise<{ risk: Risk } | undefined> =>
  firstRow(tx, sql`select risk from incident where id = ${incidentId}`);
