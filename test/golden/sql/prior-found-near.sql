select kind
from ( select kind, ST_Distance(position::geography, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326)::geography) as away
from place
where position && ST_Expand(ST_SetSRID(ST_MakePoint($3::float8, $4::float8), 4326), 0.001) union all select kind, ST_Distance(line::geography, ST_SetSRID(ST_MakePoint($5::float8, $6::float8), 4326)::geography)
from segment
where line && ST_Expand(ST_SetSRID(ST_MakePoint($7::float8, $8::float8), 4326), 0.001) and kind <> 'street' ) near
where away <= $9
order by away
limit 1
-- $1: 103.3
-- $2: 24.7
-- $3: 103.3
-- $4: 24.7
-- $5: 103.3
-- $6: 24.7
-- $7: 103.3
-- $8: 24.7
-- $9: 60
