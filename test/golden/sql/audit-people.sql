select id, display_name as name, role
from app_user
order by role, display_name, id
