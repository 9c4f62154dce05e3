select id, slot, callsign, station_id as "stationId", kind, state, json_build_object('sworn', sworn, 'auxiliary', auxiliary) as crew
from unit
where id = $1 and retired_at is null
for update
-- $1: "unt_1"
