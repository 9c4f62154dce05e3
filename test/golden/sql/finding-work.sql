select incident_id as "incidentId", (extract(epoch
from received_at) * 1000)::float8 as "atMs"
from domain_event
where incident_id = any($1) and actor not like 'system:%' and received_at >= $2 and received_at < $3
-- $1: ["inc_1"]
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: "2026-11-22T01:00:00.000Z"
