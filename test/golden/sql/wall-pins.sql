select p.incident_id as "incidentId", i.number, p.show, u.display_name as "pinnedByName", to_char(p.until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "untilAt"
from wall_pin p join incident i on i.id = p.incident_id join authority a on a.id = p.authority_id join app_user u on u.id = p.pinned_by
where i.state = 'open' and a.approved_by is not null and a.revoked_at is null and least(p.until_at, a.expires_at) > $1::timestamptz
order by p.pinned_at, p.incident_id
-- $1: "2026-11-22T01:00:00.000Z"
