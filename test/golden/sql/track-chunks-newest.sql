select unit.id as "unitId", slot, station_id as "stationId", (extract(epoch
from newest.window_at) * 1000)::float8 as "windowAtMs", body
from unit cross join lateral ( select window_at, body
from track_chunk
where track_chunk.unit_id = unit.id and not all_future
order by window_at desc
limit 1) as newest
where retired_at is null
order by slot
