select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, body, signature, public_key as "publicKey"
from purge_receipt
order by id desc
limit 1
