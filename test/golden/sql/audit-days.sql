select *
from (select to_char(day, 'YYYY-MM-DD') as day, seq::float8 as seq, hash, body, signature, public_key as "publicKey"
from audit_day
order by audit_day.day desc
limit $1) newest
order by day
-- $1: 60
