select id, kind, name, "nameEn", address, position, "areaHa", "lengthM"
from ( select id, kind, name, name_en as "nameEn", address, json_build_object('lng', ST_X(place.position), 'lat', ST_Y(place.position)) as position, area_ha as "areaHa", null::real as "lengthM", search_text
from place
where true and place.position && ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4326) and kind = any($5::text[]) and id > $6 union all select id, kind, name, null, null, json_build_object('lng', ST_X(ST_LineInterpolatePoint(line, 0.5)), 'lat', ST_Y(ST_LineInterpolatePoint(line, 0.5))), null, length_m, search_text
from segment
where true and line && ST_MakeEnvelope($7::float8, $8::float8, $9::float8, $10::float8, 4326) and kind = any($11::text[]) and id > $12 ) found
order by id
limit $13
-- $1: 103
-- $2: 24
-- $3: 104
-- $4: 25
-- $5: ["bank","atm"]
-- $6: "p9"
-- $7: 103
-- $8: 24
-- $9: 104
-- $10: 25
-- $11: ["bank","atm"]
-- $12: "p9"
-- $13: 10
