select c.seq::float8 as seq, to_char(c.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, c.scam_type as "scamType", u.display_name as by, c.reason, c.weights
from prior_change c join app_user u on u.id = c.set_by
order by c.seq desc
limit $1
-- $1: 100
