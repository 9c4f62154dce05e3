select id, username, display_name as "displayName", role, station_id as "stationId", password_hash as "passwordHash"
from app_user
where username = $1 and active
-- $1: "li"
