select s.id, s.withdrawn_at is not null as withdrawn, r.id as "replacedBy"
from sighting s
left join sighting r on r.replaces = s.id
where s.incident_id = $1
-- $1: "inc_1"
