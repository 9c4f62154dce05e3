select a.id as "alertId", a.incident_id as "incidentId", a.content_hash as "contentHash", (e.payload->>'joined')::boolean as joined
from alert a join domain_event e on e.incident_id = a.incident_id and e.kind = 'alertReceived' and e.payload->>'alertId' = a.id
where a.source = $1 and a.external_id = $2
-- $1: "platform"
-- $2: "x-1"
