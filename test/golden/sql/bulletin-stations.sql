select id, name
from station
order by id
