select id as "deviceId", unit_id as "unitId", protocol, identifier, crs
from device
where token_hash = $1 and revoked_at is null
-- $1: {"type":"Buffer","data":[1,2,3]}
