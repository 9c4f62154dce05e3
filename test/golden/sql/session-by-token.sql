select s.id as "sessionId", u.id as "userId", u.username, u.display_name as "displayName", u.role, u.station_id as "stationId", s.pending, (extract(epoch
from s.last_seen_at) * 1000)::float8 as "lastSeenAt", (extract(epoch
from s.expires_at) * 1000)::float8 as "expiresAt"
from user_session s join app_user u on u.id = s.user_id
where s.token_hash = $1 and s.revoked_at is null and u.active
-- $1: {"type":"Buffer","data":[1,2,3]}
