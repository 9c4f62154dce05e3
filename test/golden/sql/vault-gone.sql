select i.vault_purged_at is not null as gone
from incident i
where i.id = $1
-- $1: "inc_1"
