select i.id as "incidentId", i.number, (extract(epoch
from i.opened_at) * 1000)::float8 as "openedMs", i.risk, i.scam_type as "scamType", i.station_id as "stationId", (extract(epoch
from least(i.closed_at, i.handed_over_at, o.fed_back_at)) * 1000)::float8 as "clearedMs", case when o.id is not null then json_build_object('stationId', o.station_id, 'state', o.state, 'officers', coalesce((select json_agg(coalesce(f.name, g.officer_id)
order by g.sworn desc, g.officer_id)
from order_officer g
left join officer f on f.id = g.officer_id
where g.order_id = o.id), '[]')) end as "order", (select json_build_object('id', u.id, 'name', u.display_name)
from line_owner l join app_user u on u.id = l.user_id
where l.incident_id = i.id and l.line = 'ground') as owner, (select json_build_object('id', u.id, 'name', u.display_name, 'day', c.day)
from day_carried c join app_user u on u.id = c.owner_id
where c.incident_id = i.id and c.day <= $1::date
order by c.day desc
limit 1) as "answeredBy", (select json_build_object('dueMs', (extract(epoch
from k.due_at) * 1000)::float8)
from clock k
where k.incident_id = i.id and k.kind = 'sameDay' and k.stopped_at is null
order by k.started_at desc, k.id desc
limit 1) as clock
from incident i
left join lateral ( select *
from dispatch_order d
where d.incident_id = i.id and d.issued_at < $2::timestamptz
order by d.issued_at desc, d.id desc
limit 1) o on true
where i.opened_at < $3::timestamptz and coalesce(least(i.closed_at, i.handed_over_at, o.fed_back_at), 'infinity') >= $4::timestamptz and (i.station_id = $5 or exists ( select
from dispatch_order o
where o.incident_id = i.id and o.station_id = $6 and o.state not in ('handedOver', 'cancelled')) or exists (select
from incident_member m
where m.incident_id = i.id and m.user_id = $7))
order by i.opened_at, i.id
-- $1: "2026-11-22"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: "2026-11-22T01:00:00.000Z"
-- $4: "2026-11-22T01:00:00.000Z"
-- $5: "st-1"
-- $6: "st-1"
-- $7: "u-1"
