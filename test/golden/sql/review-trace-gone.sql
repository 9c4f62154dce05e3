select trace_purged_at is not null as gone
from incident
where id = $1
-- $1: "inc_1"
