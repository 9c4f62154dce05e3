select (extract(epoch
from i.opened_at) * 1000)::float8 as "openedAtMs", (extract(epoch
from least(i.closed_at, (select min(t.ended_at)
from task t
where t.incident_id = i.id and t.outcome = 'found'), (select min(m.at)
from meeting m
where m.incident_id = i.id))) * 1000)::float8 as "foundAtMs", i.found_place_id as "placeId", case when i.found_at is null then null else json_build_object('lng', ST_X(i.found_at), 'lat', ST_Y(i.found_at)) end as position
from incident i
where i.id = $1 and i.outcome in ('met', 'metTooLate') and (i.found_at is not null or i.found_place_id is not null)
-- $1: "inc_1"
