select unit_id as "unitId", (extract(epoch
from window_at) * 1000)::float8 as "windowAtMs", body
from track_chunk
where unit_id = $1 and window_at >= to_timestamp($2::float8 / 1000) and window_at < to_timestamp($3::float8 / 1000)
order by window_at
-- $1: "unt_1"
-- $2: 1795309200000
-- $3: 1795395600000
