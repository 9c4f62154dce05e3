select h.id, h.open_incidents as "openIncidents", h.promised, h.overdue, h.signed_by as "signedBy", s.display_name as "signedByName", to_char(h.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "signedAt", h.taken_by as "takenBy", t.display_name as "takenByName", to_char(h.taken_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "takenAt", h.matters
from shift_handover h join app_user s on s.id = h.signed_by
left join app_user t on t.id = h.taken_by
where h.id = $1
-- $1: "hov_1"
