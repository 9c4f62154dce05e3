select incident_id as "incidentId", opened_by as "openedBy"
from break_glass
where authority_id = $1
for update
-- $1: "aut_1"
