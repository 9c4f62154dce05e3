select id
from unit
where kind <> 'foot'
order by id
