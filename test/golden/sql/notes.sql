select n.id, t.body as text, n.written_by as "writtenBy", u.display_name as "displayName", to_char(n.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "writtenAt"
from incident_note n join app_user u on u.id = n.written_by
left join text_private t on t.id = n.body_id
where n.incident_id = $1
order by n.written_at desc, n.id desc
-- $1: "inc_1"
