/** Weeks of made-up incidents, put straight into the tables, and a count of them in plain SQL that shares no code with the bulletin. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { Tx } from '../../db/transaction.ts';

const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A small generator, so that a failing week can be made again (Park and Miller 1988). */
function generator(seed: number) {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return {
    next,
    upTo: (most: number) => Math.floor(next() * (most + 1)),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  };
}
type Random = ReturnType<typeof generator>;

/** `count` incidents between two instants, in no particular order. */
export async function seedWeeks(
  database: Database,
  { seed, count, fromMs, toMs }: { seed: number; count: number; fromMs: number; toMs: number },
): Promise<void> {
  const random = generator(seed);
  await database.maintain(async tx => {
    for (let i = 0; i < count; i++) {
      await seedIncident(tx, `${seed}-${i}`, fromMs + random.next() * (toMs - fromMs), i + 1, random);
    }
  });
}

async function seedIncident(tx: Tx, name: string, openedMs: number, number: number, random: Random) {
  const [id, at] = [`inc_${name}`, iso(openedMs)];
  const risk = random.of(['extraHigh', 'high', 'medium', 'low']);
  await tx.execute(sql`insert into subject (id, created_at) values (${`sub_${name}`}, ${at})`);
  await tx.execute(sql`insert into incident (id, subject_id, state, risk, scam_type, station_id, station_basis, opened_at, number)
    values (${id}, ${`sub_${name}`}, 'open', ${risk}, 'rebate', 'st-east', 'nearest', ${at}, ${number})`);
  await tx.execute(sql`insert into alert (id, incident_id, source, risk, scam_type, observed_at, received_at, content_hash)
    values (${`alt_${name}`}, ${id}, 'platform', ${risk}, 'rebate', ${at}, ${at}, '\\x00')`);
  let stationId = random.of(['st-east', 'st-west']);
  let issuedMs = openedMs;
  const dueMs = openedMs + random.of([30, 60, 240, 480]) * minute;
  for (let n = 0; n < 3; n++) {
    const passesOn = random.next() < 0.2;
    await seedOrder(tx, `${name}-${n}`, { incidentId: id, stationId, issuedMs, dueMs, passesOn }, random);
    if (!passesOn) break;
    issuedMs += (5 + random.upTo(120)) * minute;
    stationId = stationId === 'st-east' ? 'st-west' : 'st-east';
  }
  await seedRest(tx, name, { id, openedMs }, random);
}

async function seedOrder(
  tx: Tx,
  name: string,
  order: { incidentId: string; stationId: string; issuedMs: number; dueMs: number; passesOn: boolean },
  random: Random,
) {
  const { incidentId, stationId, issuedMs, dueMs, passesOn } = order;
  const id = `ord_${name}`;
  const acknowledged = random.next() < 0.9 ? issuedMs + random.upTo(300) * 1000 : null;
  const underWay =
    acknowledged !== null && random.next() < 0.9 ? acknowledged + random.upTo(2400) * 1000 : null;
  const met = !passesOn && random.next() < 0.8 ? (underWay ?? issuedMs) + random.upTo(300) * minute : null;
  const fedBack = met !== null && random.next() < 0.8 ? met + random.upTo(360) * minute : null;
  const ended = passesOn ? issuedMs + random.upTo(400) * minute : fedBack;
  const state = passesOn ? 'handedOver' : fedBack === null ? (met === null ? 'issued' : 'met') : 'fedBack';
  const time = (ms: number | null) => (ms === null ? null : iso(ms));
  await tx.execute(sql`insert into dispatch_order (id, incident_id, station_id, basis, state, issued_by, issued_at, meet_due_at,
      acknowledged_at, under_way_at, met_at, fed_back_at, ended_at)
    values (${id}, ${incidentId}, ${stationId}, 'home', ${state}, 's', ${iso(issuedMs)}, ${iso(dueMs)},
      ${time(acknowledged)}, ${time(underWay)}, ${time(met)}, ${time(fedBack)}, ${time(ended)})`);
  if (met === null || random.next() < 0.3) return;
  await tx.execute(sql`insert into meeting (id, incident_id, order_id, at, recorded_by, recorded_at)
    values (${`mtg_${name}`}, ${incidentId}, ${id}, ${iso(met)}, 's', ${iso(met + minute)})`);
  if (random.next() < 0.6) {
    const state = random.of(['planned', 'done', 'missed', 'cancelled']);
    const due = met + random.upTo(10) * 1440 * minute;
    await tx.execute(sql`insert into revisit (id, incident_id, meeting_id, due_at, state, planned_by, planned_at, ended_at)
      values (${`rev_${name}`}, ${incidentId}, ${`mtg_${name}`}, ${iso(due)}, ${state}, 's', ${iso(met)},
        ${state === 'planned' ? null : iso(due + minute)})`);
  }
  if (random.next() < 0.3) {
    const verdict = random.of(['good', 'lacking', null]);
    const checked = verdict === null ? null : iso(met + 2880 * minute);
    await tx.execute(sql`insert into spot_check (meeting_id, incident_id, week, drawn_at, verdict, checked_at)
      values (${`mtg_${name}`}, ${incidentId}, date_trunc('week', ${iso(met)}::timestamptz at time zone 'Asia/Shanghai')::date,
        ${iso(met + minute)}, ${verdict}, ${checked})`);
  }
}

async function seedRest(
  tx: Tx,
  name: string,
  { id, openedMs }: { id: string; openedMs: number },
  random: Random,
) {
  for (let n = 0; n < random.upTo(2); n++) {
    const state = random.of(['requested', 'confirmed', 'refused', 'withdrawn']);
    const answered = state === 'requested' ? null : iso(openedMs + 20 * minute);
    const held = state === 'confirmed' ? random.upTo(5_000_000) / 100 : null;
    await tx.execute(sql`insert into stop_payment (id, incident_id, bank, state, requested_by, requested_at, answered_at, amount_held)
      values (${`stp_${name}-${n}`}, ${id}, '江源银行', ${state}, 's', ${iso(openedMs + 4 * minute)}, ${answered}, ${held})`);
  }
  for (let n = 0; n < random.upTo(3); n++) {
    const transferred = random.next() < 0.5;
    const reported = openedMs + random.upTo(4000) * minute;
    await tx.execute(sql`insert into outcome_report (id, incident_id, reported_at, transferred, loss_amount, case_filed, arrests,
        recorded_by, recorded_at)
      values (${`out_${name}-${n}`}, ${id}, ${iso(reported)}, ${transferred},
        ${transferred ? random.upTo(20_000_000) / 100 : null}, ${transferred && random.next() < 0.7}, ${random.upTo(2)}, 's',
        ${iso(reported + minute)})`);
  }
}

/** The figures of each station from `from` to before `to` (ISO 8601), as everything stands. */
export async function recount(database: Database, from: string, to: string) {
  return database.maintain(async tx => {
    const ask = async (query: ReturnType<typeof sql>) =>
      (await tx.execute(query)).rows as Record<string, unknown>[];
    const last = sql`(select z.station_id from dispatch_order z where z.incident_id = x.incident_id
      order by z.issued_at desc, z.id desc limit 1)`;
    const span = (column: ReturnType<typeof sql>) =>
      sql`${column} >= ${from}::timestamptz and ${column} < ${to}::timestamptz`;
    return {
      orders: await ask(sql`select station_id as "stationId", count(*)::int as issued,
          count(*) filter (where acknowledged_at - issued_at <= '30 s')::int as a0,
          count(*) filter (where acknowledged_at - issued_at > '30 s' and acknowledged_at - issued_at <= '60 s')::int as a1,
          count(*) filter (where acknowledged_at - issued_at > '60 s' and acknowledged_at - issued_at <= '180 s')::int as a2,
          count(*) filter (where acknowledged_at - issued_at > '180 s')::int as a3,
          count(*) filter (where under_way_at - acknowledged_at <= '5 min')::int as u0,
          count(*) filter (where under_way_at - acknowledged_at > '30 min')::int as u3,
          count(*) filter (where fed_back_at - met_at <= '30 min')::int as f0,
          count(*) filter (where fed_back_at - met_at > '1 h' and fed_back_at - met_at <= '4 h')::int as f2
        from dispatch_order where ${span(sql`issued_at`)} group by station_id order by station_id`),
      meetings: await ask(sql`select station_id as "stationId", count(*)::int as due,
          count(*) filter (where first < meet_due_at)::int as "metInTime",
          count(*) filter (where first >= meet_due_at)::int as "metTooLate",
          count(*) filter (where first is null)::int as "notMet"
        from (select o.*, (select min(t.at) from (
              select at, order_id from meeting where incident_id = o.incident_id
              union all select met_at, id from dispatch_order where incident_id = o.incident_id and met_at is not null) t
            where t.order_id = o.id or t.at >= o.issued_at) as first
          from dispatch_order o where ${span(sql`o.meet_due_at`)} and o.issued_at < o.meet_due_at
            and not (o.state in ('handedOver', 'cancelled') and o.ended_at <= o.meet_due_at)) d
        group by station_id order by station_id`),
      people: await ask(sql`select ${last} as "stationId", count(*)::int as warned,
          count(*) filter (where r.transferred)::int as transferred, coalesce(sum(r.loss_amount), 0)::float8 as "lossAmount",
          count(*) filter (where r.case_filed)::int as cases, coalesce(sum(r.arrests), 0)::int as arrests
        from (select id as incident_id, opened_at from incident) x
          left join lateral (select * from outcome_report q where q.incident_id = x.incident_id
            order by q.reported_at desc, q.recorded_at desc, q.id desc limit 1) r on true
        where ${span(sql`x.opened_at`)} group by 1 order by 1`),
      stops: await ask(sql`select ${last} as "stationId", count(*)::int as "stopsRequested",
          count(*) filter (where x.state = 'confirmed')::int as "stopsConfirmed",
          count(*) filter (where x.state = 'refused')::int as "stopsRefused",
          coalesce(sum(x.amount_held), 0)::float8 as "heldAmount"
        from stop_payment x where x.state <> 'withdrawn' and ${span(sql`x.requested_at`)} group by 1 order by 1`),
      revisits: await ask(sql`select ${last} as "stationId", count(*)::int as "revisitsDue",
          count(*) filter (where x.state = 'done')::int as "revisitsDone"
        from revisit x where x.state <> 'cancelled' and ${span(sql`x.due_at`)} group by 1 order by 1`),
      checks: await ask(sql`select ${last} as "stationId", count(*)::int as "checksDrawn",
          count(x.verdict)::int as "checksDone", count(*) filter (where x.verdict = 'good')::int as "checksGood"
        from spot_check x where ${span(sql`x.week::timestamp at time zone 'Asia/Shanghai'`)} group by 1 order by 1`),
    };
  });
}
