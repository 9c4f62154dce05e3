select id, plate, kind, station_id as "stationId", in_service as "inService"
from vehicle
where removed_at is null and (station_id = $1 or id = any($2::text[]))
order by plate, id
-- $1: "st-1"
-- $2: ["veh_1"]
