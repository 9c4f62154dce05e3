select id
from station
where id = $1
-- $1: "st-1"
