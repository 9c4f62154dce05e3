select t.state
from task t
where t.unit_id = $1 and t.state in ('ordered', 'accepted', 'arrived')
-- $1: "unt_1"
