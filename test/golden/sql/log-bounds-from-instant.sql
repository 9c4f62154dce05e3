select least(coalesce((select min(seq)
from domain_event
where received_at >= $1::timestamptz) - 1, coalesce((select max(seq)
from domain_event), 0)), coalesce((select max(seq)
from domain_event), 0))::float8 as "beforeSeq", greatest(least(coalesce((select min(seq)
from domain_event
where received_at >= $2::timestamptz) - 1, coalesce((select max(seq)
from domain_event), 0)), coalesce((select max(seq)
from domain_event), 0)), coalesce((select case when bool_or(kind = 'incidentClosed') then max(seq) when count(*) > 0 then coalesce((select max(seq)
from domain_event), 0) end
from domain_event
where incident_id = $3), 0))::float8 as "lastSeq"
-- $1: "1970-01-01T00:00:00.000Z"
-- $2: "1970-01-01T00:00:00.000Z"
-- $3: "inc_1"
