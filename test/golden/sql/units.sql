select id, slot, callsign, station_id as "stationId", kind, state, json_build_object('sworn', sworn, 'auxiliary', auxiliary) as crew
from unit
where retired_at is null and station_id = $1 and id > $2
order by id
limit $3
-- $1: "st-1"
-- $2: "unt_1"
-- $3: 10
