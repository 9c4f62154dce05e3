select id, name, badge_number as "badgeNumber", sworn, station_id as "stationId", phone
from officer
where removed_at is null and (station_id = $1 or id = any($2::text[]))
order by badge_number, id
-- $1: "st-1"
-- $2: ["off_1"]
