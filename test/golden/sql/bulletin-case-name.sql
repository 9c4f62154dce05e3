select p.name
from incident i join subject_private p on p.subject_id = i.subject_id
where i.id = $1
-- $1: "inc_1"
