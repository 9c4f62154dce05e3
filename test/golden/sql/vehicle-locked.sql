select id, plate, kind, station_id as "stationId", in_service as "inService"
from vehicle
where removed_at is null and id = $1
for update
-- $1: "veh_1"
