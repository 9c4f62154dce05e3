select s.id, s.account_id as "accountId", a.number as account, s.bank, s.amount::float8 as amount, s.state, s.amount_held::float8 as "amountHeld", to_char(s.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt", coalesce((select u.display_name
from app_user u
where 'user:' || u.id = s.requested_by), s.requested_by) as "requestedBy", to_char(s.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "answeredAt", coalesce((select u.display_name
from app_user u
where 'user:' || u.id = s.answered_by), s.answered_by) as "answeredBy", t.body as note, (select coalesce(json_agg(json_build_object('at', to_char(e.observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', coalesce((select u.display_name
from app_user u
where 'user:' || u.id = e.actor), e.actor), 'before', e.payload->'before', 'reason', (select w.body
from text_private w
where w.id = e.payload->>'reasonId'))
order by e.seq), '[]')
from domain_event e
where e.incident_id = s.incident_id and e.kind = 'stopCorrected' and e.payload->>'stopId' = s.id) as corrections
from stop_payment s
left join account_private a on a.id = s.account_id
left join text_private t on t.id = s.note_id
where s.incident_id = $1
order by s.requested_at, s.id
-- $1: "inc_1"
