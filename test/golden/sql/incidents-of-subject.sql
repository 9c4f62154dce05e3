select json_build_object('id', i.id, 'number', i.number, 'day', to_char(i.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) as name
from incident i
where i.subject_id = (select subject_id
from incident
where id = $1)
order by i.id
-- $1: "inc_1"
