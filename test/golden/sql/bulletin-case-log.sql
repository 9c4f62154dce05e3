select kind, to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "observedAt", payload
from domain_event
where incident_id = $1 and received_at <= $2::timestamptz and kind in ('alertReceived', 'orderIssued', 'orderMoved', 'contactMade', 'traceRequestMoved', 'meetingHeld', 'meetingStepDone', 'stopMoved', 'stopCorrected', 'incidentClosed')
order by observed_at, seq
-- $1: "inc_1"
-- $2: "2026-11-22T01:00:00.000Z"
