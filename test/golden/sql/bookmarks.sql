select b.id, to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, t.body as text, b.made_by as "madeBy", u.display_name as "displayName", to_char(b.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt"
from bookmark b join app_user u on u.id = b.made_by
left join text_private t on t.id = b.body_id
where b.incident_id = $1
order by b.at, b.id
-- $1: "inc_1"
