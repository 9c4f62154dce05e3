select id, kind, name, length_m as "lengthM", ST_AsGeoJSON(line, 7)::json as line
from segment
where id > $1 and kind <> 'street' and ST_Intersects(line, ST_MakeEnvelope($2::float8, $3::float8, $4::float8, $5::float8, 4326))
order by id
limit $6
-- $1: ""
-- $2: 103
-- $3: 24
-- $4: 104
-- $5: 25
-- $6: 10
