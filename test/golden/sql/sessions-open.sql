select s.id, s.user_id as "userId", u.role, s.signed_in_by as "signedInBy", s.address, s.agent, (extract(epoch
from s.created_at) * 1000)::float8 as "createdAt", (extract(epoch
from s.last_seen_at) * 1000)::float8 as "lastSeenAt", (extract(epoch
from s.expires_at) * 1000)::float8 as "expiresAt"
from user_session s join app_user u on u.id = s.user_id
where s.revoked_at is null and s.expires_at > $1::timestamptz
order by s.last_seen_at desc, s.id
-- $1: "2026-11-22T01:00:00.000Z"
