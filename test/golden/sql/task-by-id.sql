select t.id, t.incident_id as "incidentId", t.unit_id as "unitId", u.station_id as "stationId", t.place_id as "placeId", t.segment_id as "segmentId", t.method, t.state, t.outcome, t.resumes, to_char(t.help_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "helpAt", t.sighting_id as "sightingId"
from task t join unit u on u.id = t.unit_id
where t.id = $1
for update of t
-- $1: "tsk_1"
