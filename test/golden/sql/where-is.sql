select id, json_build_object('lng', ST_X(position), 'lat', ST_Y(position)) as position
from place
where id = any($1::text[]) union all select id, json_build_object('lng', ST_X(ST_LineInterpolatePoint(line, 0.5)), 'lat', ST_Y(ST_LineInterpolatePoint(line, 0.5)))
from segment
where id = any($2::text[])
-- $1: ["p1","s1"]
-- $2: ["p1","s1"]
