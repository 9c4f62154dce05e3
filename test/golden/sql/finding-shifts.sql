select u.id as "userId", json_agg(json_build_array((extract(epoch
from s.starts_at) * 1000)::float8, (extract(epoch
from s.ends_at) * 1000)::float8)
order by s.starts_at) as shifts
from app_user u join lateral (select min(o.id) as id
from officer o
where o.name = u.display_name and o.removed_at is null and (u.station_id is null or o.station_id = u.station_id)
having count(*) = 1) matched on true join shift_officer so on so.officer_id = matched.id join shift s on s.id = so.shift_id and s.cancelled_at is null and s.starts_at < $1 and s.ends_at > $2
where u.id = any($3)
group by u.id
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: ["u-1"]
