select id, name, badge_number as "badgeNumber", sworn, station_id as "stationId", phone
from officer
where removed_at is null and id = any($1::text[])
order by id
for update
-- $1: ["off_1"]
