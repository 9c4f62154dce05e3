select t.unit_id as "unitId", u.callsign, coalesce(p.name, s.name) as place, coalesce(json_build_object('lng', ST_X(p.position), 'lat', ST_Y(p.position)), json_build_object('lng', ST_X(ST_LineInterpolatePoint(s.line, 0.5)), 'lat', ST_Y(ST_LineInterpolatePoint(s.line, 0.5)))) as position, coalesce(t.result_method, t.method) as method, to_char(t.ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "orderedAt", to_char(t.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "arrivedAt", to_char(t.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt", t.state, t.outcome, r.body as reason
from task t join unit u on u.id = t.unit_id
left join place p on p.id = t.place_id
left join segment s on s.id = t.segment_id
left join text_private r on r.id = t.reason_id
where t.incident_id = $1
order by t.ordered_at, t.id
-- $1: "inc_1"
