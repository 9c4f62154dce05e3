select station_id as "stationId"
from unit
where id = $1
-- $1: "unt_1"
