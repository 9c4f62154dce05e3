select unit_id as "unitId", (extract(epoch
from window_at) * 1000)::float8 as "windowAtMs", body
from track_chunk
where window_at >= to_timestamp($1::float8 / 1000) and window_at < to_timestamp($2::float8 / 1000) and west <= $3 and east >= $4 and south <= $5 and north >= $6
order by track_chunk.window_at, unit_id
-- $1: 1795309200000
-- $2: 1795312800000
-- $3: 1040000000
-- $4: 1030000000
-- $5: 250000000
-- $6: 240000000
