select w.id, w.incident_id as "incidentId", w.seq::float8 as seq, to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, w.seed::float8 as seed, w.draws, w.horizon_min as "horizonMin", w.policy, w.changes, w.result, w.made_by as "madeBy", to_char(w.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt"
from what_if w
where w.incident_id = $1
order by w.made_at desc, w.id
-- $1: "inc_1"
