select id, name, json_build_object('lng', ST_X(position), 'lat', ST_Y(position)) as position, heading_deg as "headingDeg", working
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
