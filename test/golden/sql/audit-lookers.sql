select json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) as person, count(*) filter (where a.action <> 'trace.refuse')::int as looks, count(*) filter (where a.action = 'trace.refuse')::int as refused, to_char(min(a.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstAt", to_char(max(a.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt", coalesce((select json_agg(json_build_object('id', x.id, 'number', x.number, 'legalBasis', x.legal_basis)
order by x.id)
from authority x
where x.id = any(array_agg(a.detail->>'authorityId'))), '[]') as authorities, array_agg(distinct a.incident_id) as "incidentIds"
from audit_entry a join app_user u on a.actor = 'user:' || u.id
where a.incident_id = any($1) and a.action = any($2)
group by u.id
order by max(a.seq) desc
-- $1: ["inc_1"]
-- $2: ["trace.open","trace.read","trace.export","incident.readSubject","trace.refuse"]
