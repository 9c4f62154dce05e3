select value
from server_secret
where name = $1
-- $1: "signingKey"
