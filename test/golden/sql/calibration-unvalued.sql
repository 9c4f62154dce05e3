select s.incident_id as id
from calibration_score s join incident i on i.id = s.incident_id
where s.moment = 'found' and s.valued_at is null and i.trace_purged_at is null
order by i.closed_at, i.id
limit 1
