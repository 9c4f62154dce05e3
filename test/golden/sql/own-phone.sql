select d.id as "deviceId", d.unit_id as "unitId", u.station_id as "stationId", to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
from device d join unit u on u.id = d.unit_id
where d.protocol = 'field' and d.identifier = $1 and d.revoked_at is null and u.retired_at is null
-- $1: "user:u-1"
