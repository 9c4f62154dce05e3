select s.id, s.incident_id as "incidentId", s.withdrawn_at is not null as withdrawn, (select r.id
from sighting r
where r.replaces = s.id
limit 1) as "replacedBy"
from sighting s
where s.id = $1
for update of s
-- $1: "sgt_1"
