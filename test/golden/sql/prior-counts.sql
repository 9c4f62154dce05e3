select scam_type as "scamType", place_kind as "placeKind", hour_band as "hourBand", n
from prior_count
order by scam_type, place_kind, hour_band
