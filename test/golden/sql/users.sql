select id, username, display_name as "displayName", role, station_id as "stationId"
from app_user
where active
order by username
