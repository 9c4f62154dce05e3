select app_user.id, username, display_name as "displayName", role, station_id as "stationId", password_hash as "passwordHash", totp.secret_sealed as "totpSealed", (select count(*)::int
from passkey
where passkey.user_id = app_user.id) as passkeys
from app_user
left join user_totp totp on totp.user_id = app_user.id and totp.confirmed_at is not null
where active and certificate = $1
-- $1: "CN=x"
