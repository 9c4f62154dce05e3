select s.id, s.name, s.name_en as "nameEn", json_build_object('lng', ST_X(s.position), 'lat', ST_Y(s.position)) as position, case when j.station_id is null then null else json_build_object('area', ST_AsGeoJSON(j.area, 6)::json, 'estimated', j.estimated) end as jurisdiction
from station s
left join jurisdiction j on j.station_id = s.id
order by s.id
