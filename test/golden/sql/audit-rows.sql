select seq::float8 as seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action, resource, incident_id as "incidentId", reason, detail::text as detail, previous_hash as "previousHash", hash
from audit_entry
where seq > $1
order by seq
limit $2
-- $1: 7
-- $2: 2000
