select kind, payload
from domain_event
where incident_id = $1 and seq > $2 and kind <> 'beliefComputed'
order by seq
-- $1: "inc_1"
-- $2: 7
