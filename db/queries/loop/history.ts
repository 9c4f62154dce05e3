import { type SQL, sql } from 'drizzle-orm';
import type { EarlierIncident } from '#contract/lines.ts';
import type { ListReach } from '../../../server/auth/reach.ts';
import { hasOrderOf } from '../list-incidents.ts';
import type { Tx } from '../../transaction.ts';
import { instant, rows } from '../sql.ts';

/** The newest; whoever was warned more often than this is known by heart. */
const mostShown = 50;

const within = (reach: ListReach): SQL =>
  reach === 'all'
    ? sql`true`
    : sql`(i.station_id = ${reach.stationId} or ${hasOrderOf(reach.stationId)} or exists (
        select from incident_member m where m.incident_id = i.id and m.user_id = ${reach.userId}))`;

const earlier = (reach: ListReach, whose: SQL): SQL =>
  sql`select i.id as "incidentId", i.number, ${instant(sql`i.opened_at`)} as "openedAt", i.state, i.risk,
        i.scam_type as "scamType", i.outcome, o.transferred as "transferredAfterAlert",
        o.loss_amount::float8 as "lossAmount"
      from incident i
      left join lateral (
        select transferred, loss_amount from outcome_report r
        where r.incident_id = i.id order by r.recorded_at desc, r.id desc limit 1) o on true
      where ${whose} and ${within(reach)}
      order by i.opened_at desc, i.id desc limit ${mostShown}`;

/** The other incidents of this incident's person, within reach, newest first; losses as last reported. */
export const otherIncidentsOf = (tx: Tx, incidentId: string, reach: ListReach): Promise<EarlierIncident[]> =>
  rows(
    tx,
    earlier(
      reach,
      sql`i.id <> ${incidentId} and i.subject_id = (select h.subject_id from incident h where h.id = ${incidentId})`,
    ),
  );

/** The incidents of the person with this number, within reach, newest first. */
export const incidentsByPhone = (
  tx: Tx,
  phoneHash: Uint8Array,
  reach: ListReach,
): Promise<EarlierIncident[]> =>
  rows(
    tx,
    earlier(
      reach,
      sql`i.subject_id = (select p.subject_id from subject_private p where p.phone_hash = ${Buffer.from(phoneHash)})`,
    ),
  );

/** Her name, unmasked: mask it before anything else. */
export const nameByPhone = (tx: Tx, phoneHash: Uint8Array): Promise<{ name: string }[]> =>
  rows(tx, sql`select name from subject_private where phone_hash = ${Buffer.from(phoneHash)}`);

export interface KnownPerson {
  /** Hex of the keyed hash of her number. */
  phoneHash: string;
  openId: string | null;
  openNumber: number | null;
  /** Closed incidents. */
  earlier: number;
}

/** Which of these numbers belong to somebody who was warned before. */
export const knownPeople = (tx: Tx, phoneHashes: readonly Uint8Array[]): Promise<KnownPerson[]> =>
  phoneHashes.length === 0
    ? Promise.resolve([])
    : rows(
        tx,
        sql`select encode(p.phone_hash, 'hex') as "phoneHash", max(i.id) filter (where i.state = 'open') as "openId",
              max(i.number) filter (where i.state = 'open') as "openNumber",
              count(*) filter (where i.state = 'closed')::int as earlier
            from subject_private p join incident i using (subject_id)
            where p.phone_hash in (${sql.join(
              phoneHashes.map(hash => sql`${Buffer.from(hash)}`),
              sql`, `,
            )})
            group by p.phone_hash`,
      );

/** Which of these alerts were taken in before, as `source externalId`. */
export const knownAlerts = async (
  tx: Tx,
  alerts: readonly { source: string; externalId: string }[],
): Promise<Set<string>> => {
  if (alerts.length === 0) return new Set();
  const wanted = sql.join(
    alerts.map(({ source, externalId }) => sql`(${source}, ${externalId})`),
    sql`, `,
  );
  const found = await rows<{ key: string }>(
    tx,
    sql`select source || ' ' || external_id as key from alert where (source, external_id) in (${wanted})`,
  );
  return new Set(found.map(({ key }) => key));
};
