select id, kind, name, "nameEn", address, position, "areaHa", "lengthM"
from ( select id, kind, name, name_en as "nameEn", address, json_build_object('lng', ST_X(place.position), 'lat', ST_Y(place.position)) as position, area_ha as "areaHa", null::real as "lengthM", search_text
from place
where true and kind <> 'street' and (position($1 in search_text) > 0 or position($2 in search_text) > 0) union all select id, kind, name, null, null, json_build_object('lng', ST_X(ST_LineInterpolatePoint(line, 0.5)), 'lat', ST_Y(ST_LineInterpolatePoint(line, 0.5))), null, length_m, search_text
from segment
where true and kind <> 'street' and (position($3 in search_text) > 0 or position($4 in search_text) > 0) ) found
order by lower(name) = $5 desc, position($6 in lower(name)) = 1 desc, nullif(position($7 in search_text), 0), length(name), id
limit $8
-- $1: "cha kou"
-- $2: "chakou"
-- $3: "cha kou"
-- $4: "chakou"
-- $5: "cha kou"
-- $6: "cha kou"
-- $7: "cha kou"
-- $8: 10
