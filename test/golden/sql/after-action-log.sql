select seq::float8 as seq, kind, incident_id as "incidentId", actor, to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "observedAt", to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt", payload
from domain_event
where incident_id = $1
order by seq
-- $1: "inc_1"
