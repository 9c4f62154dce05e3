select s.id, s.unit_id as "unitId", to_char(s.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startsAt", to_char(s.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endsAt", (select json_build_object('sworn', count(*) filter (where o.sworn), 'auxiliary', count(*) filter (where not o.sworn))
from shift_officer m join officer o on o.id = m.officer_id
where m.shift_id = s.id) as crew, array(select m.officer_id
from shift_officer m
where m.shift_id = s.id
order by m.officer_id) as "officerIds", s.vehicle_id as "vehicleId", u.callsign, u.station_id as "stationId"
from shift s join unit u on u.id = s.unit_id
where s.cancelled_at is null and s.starts_at < $1 and s.ends_at > $2 and s.id <> $3 and (s.unit_id = $4 or s.vehicle_id = $5 or exists ( select
from shift_officer m
where m.shift_id = s.id and m.officer_id = any($6::text[])))
order by s.starts_at, s.id
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: "shf_1"
-- $4: "unt_1"
-- $5: "veh_1"
-- $6: ["off_1"]
