select
from sighting
where id = $1
for update
-- $1: "sgt_1"
