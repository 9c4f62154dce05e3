select distinct on (seq) seq::float8 as seq, (extract(epoch
from at) * 1000)::float8 as "atMs", posterior, plan
from belief
where incident_id = $1 and seq > $2
order by seq, by_time
limit $3
-- $1: "inc_1"
-- $2: 0
-- $3: 20
