select id, incident_id as "incidentId", state, amount::float8 as amount, amount_held::float8 as "amountHeld", (extract(epoch
from requested_at) * 1000)::float8 as "requestedAtMs"
from stop_payment
where id = $1
for update
-- $1: "stp_1"
