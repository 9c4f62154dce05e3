select i.id, i.number, i.state, i.risk, i.scam_type as "scamType", i.station_id as "stationId", i.station_basis as "stationBasis", to_char(i.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt", to_char(i.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt", i.outcome, to_char(i.handed_over_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "handedOverAt", i.amount::float8 as amount, (select count(*)::int
from alert a
where a.incident_id = i.id) as "alertCount", (select to_char(max(a.received_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from alert a
where a.incident_id = i.id) as "lastAlertAt", array(select m.user_id
from incident_member m
where m.incident_id = i.id
order by m.added_at, m.user_id) as members, (select json_build_object('name', p.name, 'phone', p.phone, 'address', p.address, 'vehicle', p.vehicle, 'home', case when p.home is null then null else json_build_object('lng', ST_X(p.home), 'lat', ST_Y(p.home)) end, 'homeBasis', p.home_basis, 'homeRadiusM', p.home_radius_m, 'homeConfidence', p.home_confidence, 'elsewhere', p.home_elsewhere, 'handedOverTo', (select t.body
from text_private t
where t.id = i.handed_over_to_id))
from subject_private p
where p.subject_id = i.subject_id) as subject
from incident i
where true and (i.station_id = $1 or exists ( select
from incident_member m
where m.incident_id = i.id and m.user_id = $2) or exists ( select
from dispatch_order o
where o.incident_id = i.id and o.station_id = $3 and o.state not in ('handedOver', 'cancelled'))) and i.state = $4 and i.station_id = $5 and i.opened_at >= $6::timestamptz and i.opened_at < $7::timestamptz and i.id < $8
order by i.id desc
limit $9
-- $1: "st-1"
-- $2: "u-1"
-- $3: "st-1"
-- $4: "open"
-- $5: "st-1"
-- $6: "2026-11-22T01:00:00.000Z"
-- $7: "2026-11-22T01:00:00.000Z"
-- $8: "inc_9"
-- $9: 100
