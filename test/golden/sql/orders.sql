select o.id, o.incident_id as "incidentId", i.number as "incidentNumber", o.station_id as "stationId", o.basis, o.replaces, o.state, to_char(o.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "issuedAt", to_char(o.meet_due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "meetDueAt", to_char(o.acknowledged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "acknowledgedAt", to_char(o.assigned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "assignedAt", to_char(o.under_way_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "underWayAt", to_char(o.met_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "metAt", to_char(o.fed_back_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "fedBackAt", to_char(o.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt", coalesce((select json_agg(json_build_object('id', g.officer_id, 'name', p.name, 'sworn', g.sworn)
order by g.sworn desc, g.officer_id)
from order_officer g
left join officer p on p.id = g.officer_id
where g.order_id = o.id), '[]') as officers, why.body as reason, said.body as note
from dispatch_order o join incident i on i.id = o.incident_id
left join text_private why on why.id = o.reason_id
left join text_private said on said.id = o.note_id
where true and o.incident_id = $1 and o.station_id = $2 and o.state not in ('fedBack', 'handedOver', 'cancelled') and o.issued_at >= $3::timestamptz and o.issued_at < $4::timestamptz and o.id < $5 and ((o.station_id = $6 and (i.station_id = $7 or o.state not in ('handedOver', 'cancelled'))) or exists (select
from incident_member m
where m.incident_id = i.id and m.user_id = $8))
order by o.id desc
limit $9
-- $1: "inc_1"
-- $2: "st-1"
-- $3: "2026-11-22T00:00:00Z"
-- $4: "2026-11-23T00:00:00Z"
-- $5: "ord_9"
-- $6: "st-1"
-- $7: "st-1"
-- $8: "u-1"
-- $9: 100
