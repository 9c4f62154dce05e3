select r.id, to_char(r.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "reportedAt", to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", coalesce((select u.display_name
from app_user u
where 'user:' || u.id = r.recorded_by), r.recorded_by) as "recordedBy", r.transferred as "transferredAfterAlert", r.loss_amount::float8 as "lossAmount", r.case_filed as "caseFiled", (select t.body
from text_private t
where t.id = r.case_number_id) as "caseNumber", r.arrests, (select t.body
from text_private t
where t.id = r.note_id) as note
from outcome_report r
where r.incident_id = $1
order by r.reported_at desc, r.recorded_at desc, r.id desc
-- $1: "inc_1"
