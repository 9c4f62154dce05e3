select least(coalesce((select min(seq)
from domain_event
where incident_id = $1) - 1, coalesce((select max(seq)
from domain_event), 0)), coalesce((select max(seq)
from domain_event), 0))::float8 as "beforeSeq", greatest(least(coalesce((select min(seq)
from domain_event
where incident_id = $2) - 1, coalesce((select max(seq)
from domain_event), 0)), coalesce((select max(seq)
from domain_event), 0)), coalesce((select case when bool_or(kind = 'incidentClosed') then max(seq) when count(*) > 0 then coalesce((select max(seq)
from domain_event), 0) end
from domain_event
where incident_id = $3), 0))::float8 as "lastSeq"
-- $1: "inc_1"
-- $2: "inc_1"
-- $3: "inc_1"
