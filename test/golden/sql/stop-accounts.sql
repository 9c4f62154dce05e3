select a.id, a.bank, a.number, a.amount::float8 as amount, s.id as "stopId", s.state
from account_private a
left join lateral (select id, state
from stop_payment
where account_id = a.id
order by requested_at desc, id desc
limit 1) s on true
where a.incident_id = $1
order by a.id
-- $1: "inc_1"
