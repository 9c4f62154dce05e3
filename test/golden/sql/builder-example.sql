select "unit"."callsign", "position"."point", "position"."observed_at"
from "position"
inner join "unit" on "unit"."id" = "position"."unit_id"
where ("position"."unit_id" = $1 and "position"."observed_at" >= $2)
order by "position"."observed_at" desc
limit $3
-- $1: "u1"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: 10
