select id, bank, branch, phone, person, hours, note
from bank_contact
where id = $1
for update
-- $1: "bnk_1"
