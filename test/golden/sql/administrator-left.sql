select id
from app_user
where role = 'admin' and active
limit 1
