select distinct on (e.incident_id) e.incident_id as "incidentId", u.display_name as name
from (select distinct on (incident_id, kind) incident_id, kind, coalesce(payload->>'ownerId', payload->>'userId') as user_id
from domain_event
where incident_id = any($1::text[]) and received_at <= $2::timestamptz and (kind = 'dayCarried' or (kind = 'lineTaken' and payload->>'line' = 'ground'))
order by incident_id, kind, seq desc) e join app_user u on u.id = e.user_id
order by e.incident_id, e.kind
-- $1: ["inc_1"]
-- $2: "2026-11-22T01:00:00.000Z"
