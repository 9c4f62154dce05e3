select t.id, t.incident_id as "incidentId", coalesce(i.number, number_of_incident(t.incident_id)) as "incidentNumber", t.unit_id as "unitId", u.callsign, t.place_id as "placeId", t.segment_id as "segmentId", case when p.id is not null then json_build_object('kind', p.kind, 'name', p.name, 'position', json_build_object('lng', ST_X(p.position), 'lat', ST_Y(p.position)), 'path', null) when s.id is not null then json_build_object('kind', s.kind, 'name', s.name, 'position', json_build_object('lng', ST_X(ST_LineInterpolatePoint(s.line, 0.5)), 'lat', ST_Y(ST_LineInterpolatePoint(s.line, 0.5))), 'path', ST_AsGeoJSON(s.line, 7)::json->'coordinates') end as target, t.method, t.state, t.outcome, t.result_method as "resultMethod", t.needs_sworn as "needsSworn", to_char(t.ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "orderedAt", to_char(t.accepted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "acceptedAt", to_char(t.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "arrivedAt", to_char(t.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt", to_char(t.help_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "helpAt", words_of_task(t.why_id) as why, words_of_task(t.reason_id) as reason, words_of_task(t.note_id) as note
from task t join unit u on u.id = t.unit_id
left join incident i on i.id = t.incident_id
left join place p on p.id = t.place_id
left join segment s on s.id = t.segment_id
where true and t.incident_id = $1 and t.unit_id = $2 and t.state in ('ordered', 'accepted', 'arrived') and t.id < $3 and (u.station_id = $4 or i.station_id = $5 or exists ( select
from incident_member m
where m.incident_id = i.id and m.user_id = $6) or exists ( select
from dispatch_order o
where o.incident_id = i.id and o.station_id = $7 and o.state not in ('handedOver', 'cancelled')))
order by t.id desc
limit $8
-- $1: "inc_1"
-- $2: "unt_1"
-- $3: "tsk_9"
-- $4: "st-1"
-- $5: "st-1"
-- $6: "u-1"
-- $7: "st-1"
-- $8: 100
