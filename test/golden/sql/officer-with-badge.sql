select id
from officer
where badge_number = $1 and removed_at is null and id <> $2
-- $1: "0531"
-- $2: "off_1"
