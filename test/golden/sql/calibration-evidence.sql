select kind, bits
from calibration_evidence
order by incident_id, kind
