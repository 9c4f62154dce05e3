select i.id
from incident i join subject_private p using (subject_id)
where i.id = any($1) and p.phone_hash = any($2::bytea[])
-- $1: ["inc_1"]
-- $2: [{"type":"Buffer","data":[1,2,3]}]
