select id
from unit
where id = $1 and retired_at is null
-- $1: "unt_1"
