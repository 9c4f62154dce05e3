select scam_type as "scamType", extract(hour
from opened_at at time zone 'Asia/Shanghai')::int as hour, found_place_id as "placeId", case when found_at is null then null else json_build_object('lng', ST_X(found_at), 'lat', ST_Y(found_at)) end as position
from incident
where id = $1
-- $1: "inc_1"
