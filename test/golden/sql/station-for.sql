(select station_id as "stationId", 'jurisdiction' as basis
from jurisdiction
where ST_Covers(area, ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326))
order by estimated, station_id
limit 1) union all (select id, 'nearest'
from station
order by ST_DistanceSphere(position, ST_SetSRID(ST_MakePoint($3::float8, $4::float8), 4326)), id
limit 1)
limit 1
-- $1: 103.3
-- $2: 24.7
-- $3: 103.3
-- $4: 24.7
