select p.name, p.phone, p.id_number as "idNumber", p.address, p.vehicle, case when p.home is null then null else json_build_object('lng', ST_X(p.home), 'lat', ST_Y(p.home)) end as home, coalesce((select json_agg(json_build_object('bank', a.bank, 'number', a.number, 'amount', a.amount)
order by a.id)
from account_private a
where a.incident_id = i.id), '[]') as accounts, coalesce((select json_agg(t.body
order by t.id)
from alert al join text_private t on t.id = al.note_id
where al.incident_id = i.id), '[]') as notes
from incident i join subject_private p using (subject_id)
where i.id = $1
-- $1: "inc_1"
