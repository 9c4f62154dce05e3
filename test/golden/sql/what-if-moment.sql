select (extract(epoch
from received_at) * 1000)::float8 as "atMs"
from domain_event
where seq = $1
-- $1: 7
