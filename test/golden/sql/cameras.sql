select id, name, json_build_object('lng', ST_X(position), 'lat', ST_Y(position)) as position, heading_deg as "headingDeg", working, to_char(down_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "downSince"
from camera
where id > $1 and position && ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4326)
order by id
limit $6
-- $1: ""
-- $2: 103
-- $3: 24
-- $4: 104
-- $5: 25
-- $6: 10
