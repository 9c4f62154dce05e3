select incident_id as "incidentId", made_by as "madeBy", body_id as "bodyId"
from bookmark
where id = $1
-- $1: "bmk_1"
