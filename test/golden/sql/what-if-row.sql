select seq::float8 as seq
from domain_event
where incident_id = $1 and received_at <= $2::timestamptz
order by seq desc
limit 1
-- $1: "inc_1"
-- $2: "1970-01-01T00:00:00.000Z"
