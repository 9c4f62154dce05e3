select s.state, s.bank, a.number as account, p.name as holder, s.amount::float8 as amount, to_char(s.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt", coalesce((select u.display_name
from app_user u
where 'user:' || u.id = s.requested_by), s.requested_by) as "requestedBy", i.number, (extract(epoch
from i.opened_at) * 1000)::float8 as "openedAtMs", (select count(*)::int
from stop_payment b
where b.incident_id = s.incident_id and (b.requested_at, b.id) <= (s.requested_at, s.id)) as nth
from stop_payment s join account_private a on a.id = s.account_id join incident i on i.id = s.incident_id join subject_private p using (subject_id)
where s.id = $1
-- $1: "stp_1"
