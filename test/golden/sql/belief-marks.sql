select distinct on (seq) seq::float8 as seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, rest_of_world as "restOfWorld", entropy_bits as "entropyBits", because
from belief
where incident_id = $1
order by seq, by_time
-- $1: "inc_1"
