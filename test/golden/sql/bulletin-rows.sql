select i.id, i.number, i.scam_type as "scamType", (extract(epoch
from i.opened_at) * 1000)::float8 as "openedMs", (extract(epoch
from i.closed_at) * 1000)::float8 as "closedMs", i.outcome, (extract(epoch
from i.handed_over_at) * 1000)::float8 as "handedOverMs", coalesce((select json_agg(json_build_object('atMs', (extract(epoch
from a.received_at) * 1000)::float8, 'risk', a.risk)
order by a.id)
from alert a
where a.incident_id = i.id), '[]') as alerts
from incident i
where (i.opened_at >= $1::timestamptz or i.closed_at is null) and i.opened_at <= $2::timestamptz
order by i.id
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "2026-11-22T01:00:00.000Z"
