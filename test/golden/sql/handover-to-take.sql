select h.signed_by as "signedBy", h.taken_by as "takenBy", not exists (select
from shift_handover n
where (n.signed_at, n.id) > (h.signed_at, h.id)) as newest
from shift_handover h
where h.id = $1
for update
-- $1: "hov_1"
