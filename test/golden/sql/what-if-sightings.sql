select s.id, (extract(epoch
from s.observed_at) * 1000)::float8 as "observedAtMs", s.detail, (extract(epoch
from s.received_at) * 1000)::float8 as "receivedAtMs", s.received_at <= $1::timestamptz and (s.withdrawn_at is null or s.withdrawn_at > $2::timestamptz) and not exists (select
from sighting r
where r.replaces = s.id and r.received_at <= $3::timestamptz) as stood
from sighting s
where s.incident_id = $4
order by s.observed_at, s.id
-- $1: "1970-01-01T00:00:00.000Z"
-- $2: "1970-01-01T00:00:00.000Z"
-- $3: "1970-01-01T00:00:00.000Z"
-- $4: "inc_1"
