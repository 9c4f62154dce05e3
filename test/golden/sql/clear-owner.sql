select u.id
from app_user u
where u.id = $1 and u.active and u.role not in ('wall', 'auditor', 'admin')
-- $1: "u-1"
