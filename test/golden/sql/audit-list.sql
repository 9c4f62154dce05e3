select a.seq::float8 as seq, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, a.actor, case when u.id is null then null else json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) end as person, a.action, a.resource, case when i.id is null then null else json_build_object('id', i.id, 'number', i.number, 'day', to_char(i.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) end as incident, (select json_build_object('id', x.id, 'number', x.number, 'legalBasis', x.legal_basis)
from authority x
where x.id = a.detail->>'authorityId') as authority, a.reason, a.detail
from audit_entry a
left join app_user u on a.actor = 'user:' || u.id
left join incident i on i.id = a.incident_id
where true and a.actor = $1 and a.incident_id = any($2) and a.action = any($3) and a.at >= $4 and a.at < $5 and a.seq < $6
order by a.seq desc
limit $7
-- $1: "user:u-1"
-- $2: ["inc_1"]
-- $3: ["trace.open"]
-- $4: "2026-11-22T01:00:00.000Z"
-- $5: "2026-11-22T01:00:00.000Z"
-- $6: 9
-- $7: 100
