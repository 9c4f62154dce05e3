select id, slot, callsign, station_id as "stationId", kind, state, json_build_object('sworn', sworn, 'auxiliary', auxiliary) as crew
from unit
where retired_at is null and callsign = any($1::text[])
-- $1: ["茶口-1"]
