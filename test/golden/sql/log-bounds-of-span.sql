select coalesce((select min(seq)
from domain_event
where received_at >= $1::timestamptz) - 1, coalesce((select max(seq)
from domain_event), 0))::float8 as "beforeSeq", greatest(coalesce((select min(seq)
from domain_event
where received_at >= $2::timestamptz) - 1, coalesce((select max(seq)
from domain_event), 0)), coalesce((select min(seq)
from domain_event
where received_at >= $3::timestamptz) - 1, coalesce((select max(seq)
from domain_event), 0)))::float8 as "lastSeq"
-- $1: "1970-01-01T00:00:00.000Z"
-- $2: "1970-01-01T00:00:00.000Z"
-- $3: "1970-01-01T00:00:01.001Z"
