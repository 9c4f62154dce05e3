select u.id as "userId", u.role, i.id as "incidentId", i.subject_id as "subjectId", (extract(epoch
from a.at) * 1000)::float8 as "atMs", a.action = 'trace.refuse' as refused, a.action = 'trace.refuse' and coalesce(a.detail->'missing' ? 'membership', false) as stranger
from audit_entry a join app_user u on a.actor = 'user:' || u.id join incident i on i.id = a.incident_id
where a.at >= $1 and a.at < $2 and a.action = any($3)
order by a.seq
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: ["trace.open","trace.read","trace.export","incident.readSubject","trace.refuse"]
