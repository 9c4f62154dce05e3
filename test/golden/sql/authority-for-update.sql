select id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy", (extract(epoch
from expires_at) * 1000)::float8 as "expiresAt", revoked_at is not null as revoked, break_glass as "breakGlass"
from authority
where id = $1
for update
-- $1: "aut_1"
