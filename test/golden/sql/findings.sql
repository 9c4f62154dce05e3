select f.id, f.kind, json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) as person, case when i.id is null then null else json_build_object('id', i.id, 'number', i.number, 'day', to_char(i.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) end as incident, f.numbers, to_char(f.found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "foundAt", f.state, f.note, r.display_name as "reviewedBy", to_char(f.reviewed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "reviewedAt"
from look_finding f join app_user u on u.id = f.user_id
left join incident i on i.id = f.incident_id
left join app_user r on r.id = f.reviewed_by
where f.week = $1::date
order by (f.state = 'open') desc, f.kind, u.display_name, f.id
-- $1: "2026-11-16"
