select count(*) filter (where not exists (select
from legal_hold h
where h.incident_id = i.id and h.lifted_at is null))::int as due, count(*) filter (where not not exists (select
from legal_hold h
where h.incident_id = i.id and h.lifted_at is null))::int as held
from incident i
where i.state = 'closed' and ((i.trace_purged_at is null and i.closed_at < $1) or (i.vault_purged_at is null and i.closed_at < $2))
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: "2026-11-22T01:00:00.000Z"
