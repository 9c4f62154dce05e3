select id as "deviceId", unit_id as "unitId", protocol, identifier, crs
from device
where revoked_at is null and (token_hash = $1 or previous_token_hash = $2 and previous_token_until > $3::timestamptz)
-- $1: {"type":"Buffer","data":[1,2,3]}
-- $2: {"type":"Buffer","data":[1,2,3]}
-- $3: "2026-11-22T01:00:00.000Z"
