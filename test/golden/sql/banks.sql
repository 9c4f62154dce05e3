select id, bank, branch, phone, person, hours, note
from bank_contact
order by bank, branch, id
