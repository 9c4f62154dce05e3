select id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy", ended_at is not null as ended, (extract(epoch
from expires_at) * 1000)::float8 as "expiresAt"
from review_authority
where incident_id = $1 and requested_by = $2 and approved_by is not null and ended_at is null and expires_at > $3::timestamptz
order by expires_at desc, id
limit 1
-- $1: "inc_1"
-- $2: "u-1"
-- $3: "1970-01-01T00:00:00.000Z"
