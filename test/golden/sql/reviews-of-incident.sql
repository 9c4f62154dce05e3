select r.id, r.incident_id as "incidentId", i.number as "incidentNumber", r.number, r.legal_basis as "legalBasis", r.reason, r.requested_by as "requestedBy", to_char(r.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt", to_char(r.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt", r.approved_by as "approvedBy", to_char(r.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt"
from review_authority r join incident i on i.id = r.incident_id
where true and r.incident_id = $1 and r.requested_by = $2
order by r.requested_at desc, r.id
limit 100
-- $1: "inc_1"
-- $2: "u-1"
