select exists(select
from user_totp
where user_id = $1 and confirmed_at is not null) as totp, (select count(*)::int
from passkey
where user_id = $2) as passkeys
-- $1: "u-1"
-- $2: "u-1"
