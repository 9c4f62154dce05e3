select (extract(epoch
from i.opened_at) * 1000)::float8 as "openedAtMs", i.scam_type as "scamType", i.risk, i.amount::float8 as amount, case when p.home is null then null else json_build_object('lng', ST_X(p.home), 'lat', ST_Y(p.home)) end as home, coalesce(p.vehicle, '') <> '' as "plateKnown"
from incident i
left join subject_private p on p.subject_id = i.subject_id
where i.id = $1
-- $1: "inc_1"
