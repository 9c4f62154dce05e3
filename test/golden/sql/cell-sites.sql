select id, json_build_object('lng', ST_X(position), 'lat', ST_Y(position)) as position, coalesce((select json_agg(json_build_object('cellId', cell_id, 'azimuthDeg', azimuth_deg, 'beamwidthDeg', beamwidth_deg, 'rangeM', range_m)
order by cell_id)
from cell_sector
where site_id = cell_site.id), '[]') as sectors
from cell_site
where id > $1
order by id
limit $2
-- $1: ""
-- $2: 10
