select id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy", (extract(epoch
from expires_at) * 1000)::float8 as "expiresAt", revoked_at is not null as revoked, break_glass as "breakGlass"
from authority
where incident_id = $1 and revoked_at is null and expires_at > $2::timestamptz and (approved_by is not null or (break_glass and requested_by = $3))
order by break_glass, expires_at desc, id
limit 1 for share
-- $1: "inc_1"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: "usr_1"
