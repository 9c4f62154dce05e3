select
from subject_private
where subject_id = any($1)
order by subject_id
for update
-- $1: ["sub_1"]
