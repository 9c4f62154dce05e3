select id
from vehicle
where plate = $1 and removed_at is null and id <> $2
-- $1: "云A1234警"
-- $2: "veh_1"
