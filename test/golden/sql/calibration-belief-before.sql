select seq::float8 as seq, (extract(epoch
from at) * 1000)::float8 as "atMs", posterior, plan
from belief
where incident_id = $1 and at < $2::timestamptz
order by at desc, seq desc
limit 1
-- $1: "inc_1"
-- $2: "1970-01-01T00:00:00.000Z"
