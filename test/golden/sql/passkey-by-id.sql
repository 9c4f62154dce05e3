select id, user_id as "userId", public_key as "publicKey", counter::float8 as counter, transports
from passkey
where id = $1
-- $1: "key"
