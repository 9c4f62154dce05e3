select unit_id as "unitId", (floor(date_part('epoch', observed_at) / 900) * 900 * 1000)::float8 as "windowAtMs", device_id as "deviceId", raw_crs as crs, future, count(*)::int as count, string_agg( float8send(date_part('epoch', observed_at) * 1000) || float8send(date_part('epoch', received_at) * 1000) || float8send(ST_X(point)) || float8send(ST_Y(point)) || float4send(coalesce(speed_mps, 'NaN')) || float4send(coalesce(course_deg, 'NaN')) || float4send(coalesce(accuracy_m, 'NaN')) || float4send(coalesce(battery_pct, 'NaN')), ''::bytea
order by observed_at) as packed
from position
where unit_id = $1
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
-- $1: "unt_1"
