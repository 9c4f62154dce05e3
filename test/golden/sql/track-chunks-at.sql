select track_chunk.unit_id as "unitId", asked.window_ms as "windowAtMs", body
from unnest($1::text[], $2::float8[]) as asked (unit_id, window_ms) join track_chunk on track_chunk.unit_id = asked.unit_id and track_chunk.window_at = to_timestamp(asked.window_ms / 1000)
-- $1: ["unt_1"]
-- $2: [1795309200000]
