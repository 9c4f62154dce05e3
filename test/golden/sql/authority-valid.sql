select id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy", (extract(epoch
from expires_at) * 1000)::float8 as "expiresAt", revoked_at is not null as revoked
from authority
where incident_id = $1 and approved_by is not null and revoked_at is null and expires_at > $2::timestamptz
order by expires_at desc, id
limit 1 for share
-- $1: "inc_1"
-- $2: "2026-11-22T01:00:00.000Z"
