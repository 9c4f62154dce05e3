select id, risk, station_id as "stationId"
from incident
where subject_id = $1 and state = 'open'
for update
-- $1: "sub_1"
