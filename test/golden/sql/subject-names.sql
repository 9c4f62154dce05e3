select p.name, p.phone, p.id_number as "idNumber", p.address, p.vehicle
from incident i join subject_private p using (subject_id)
where i.id = any($1)
-- $1: ["inc_1"]
