select count(*)::int as n
from look_finding
where state = 'open'
