select class, days, reason, display_name as "setBy", to_char(set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "setAt"
from retention_period join app_user on app_user.id = set_by
