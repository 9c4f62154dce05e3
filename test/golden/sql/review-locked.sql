select id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy", ended_at is not null as ended, (extract(epoch
from expires_at) * 1000)::float8 as "expiresAt"
from review_authority
where id = $1
for update
-- $1: "rva_1"
