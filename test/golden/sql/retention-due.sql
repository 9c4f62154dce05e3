select i.id
from incident i
where i.state = 'closed' and i.closed_at < $1 and i.trace_purged_at is null and not exists (select
from legal_hold h
where h.incident_id = i.id and h.lifted_at is null)
order by i.closed_at, i.id
limit $2
for update of i skip locked
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: 50
