select id, role
from app_user
where active and (id = $1 or username = $2)
order by id = $3 desc
limit 1
-- $1: "li"
-- $2: "li"
-- $3: "li"
