select h.id, json_build_object('id', i.id, 'number', i.number, 'day', to_char(i.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) as incident, t.body as reason, p.display_name as "placedBy", to_char(h.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "placedAt", l.display_name as "liftedBy", to_char(h.lifted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "liftedAt"
from legal_hold h join incident i on i.id = h.incident_id
left join text_private t on t.id = h.reason_id join app_user p on p.id = h.placed_by
left join app_user l on l.id = h.lifted_by
order by (h.lifted_at is null) desc, h.placed_at desc
limit $1
-- $1: 200
