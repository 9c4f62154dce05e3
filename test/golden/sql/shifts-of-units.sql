select s.id, s.unit_id as "unitId", to_char(s.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startsAt", to_char(s.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endsAt", (select json_build_object('sworn', count(*) filter (where o.sworn), 'auxiliary', count(*) filter (where not o.sworn))
from shift_officer m join officer o on o.id = m.officer_id
where m.shift_id = s.id) as crew
from shift s
where s.cancelled_at is null and s.unit_id = any($1::text[]) and s.starts_at < $2 and s.ends_at > $3
order by s.starts_at, s.id
-- $1: ["unt_1"]
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: "2026-11-22T01:00:00.000Z"
