select subject_id as "subjectId"
from subject_private
where phone_hash = $1
for update
-- $1: {"type":"Buffer","data":[1,2,3]}
