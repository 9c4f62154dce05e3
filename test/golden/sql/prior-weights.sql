select distinct on (scam_type) scam_type as "scamType", weights
from prior_change
order by scam_type, seq desc
