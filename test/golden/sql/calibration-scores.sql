select s.moment, to_char(i.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, s.inside50, s.inside80, s.inside90, s.inside95, s.bits
from calibration_score s join incident i on i.id = s.incident_id
order by i.closed_at, s.moment
