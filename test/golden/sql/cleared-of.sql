select (extract(epoch
from i.opened_at) * 1000)::float8 as "openedMs", (extract(epoch
from least(i.closed_at, i.handed_over_at, o.fed_back_at)) * 1000)::float8 as "clearedMs"
from incident i
left join lateral ( select *
from dispatch_order d
where d.incident_id = i.id and d.issued_at < $1::timestamptz
order by d.issued_at desc, d.id desc
limit 1) o on true
where i.id = $2
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "inc_1"
