select id, username, display_name as "displayName", role, station_id as "stationId", active, certificate, reset_by as "resetBy", reset_what as "resetWhat"
from app_user
where id = $1
for update
-- $1: "u-1"
