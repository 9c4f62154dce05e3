select t.id, t.unit_id as "unitId"
from task t
where t.incident_id = $1 and t.state in ('ordered', 'accepted', 'arrived')
order by t.unit_id, t.id
for update
-- $1: "inc_1"
