select to_char(password_changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "passwordChangedAt", certificate, (select to_char(confirmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from user_totp
where user_id = app_user.id) as "totpSince", (select count(*)::int
from recovery_code
where user_id = app_user.id and used_at is null) as "recoveryCodesLeft"
from app_user
where id = $1
-- $1: "u-1"
