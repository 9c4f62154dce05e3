select i.id, i.number, $1 as day
from incident i
where i.number = $2 and (i.opened_at at time zone 'Asia/Shanghai')::date = $3::date
-- $1: "2026-11-22"
-- $2: 3
-- $3: "2026-11-22"
