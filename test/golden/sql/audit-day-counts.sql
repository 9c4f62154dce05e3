select last.seq::float8 as seq, last.hash, c.rows, c.looks, c.refusals, c.exports
from (select seq, hash
from audit_entry
where at < $1
order by seq desc
limit 1) last, (select count(*)::int as rows, count(*) filter (where action = any($2))::int as looks, count(*) filter (where action = 'trace.refuse')::int as refusals, count(*) filter (where action in ('trace.export', 'audit.export'))::int as exports
from audit_entry
where at >= $3 and at < $4) c
-- $1: "2026-11-22T01:00:00.000Z"
-- $2: ["trace.open","trace.read","trace.export","incident.readSubject"]
-- $3: "2026-11-22T01:00:00.000Z"
-- $4: "2026-11-22T01:00:00.000Z"
