select id
from bank_contact
where bank = $1 and branch = $2 and id <> $3
-- $1: "中国农业银行"
-- $2: "石林支行"
-- $3: "bnk_1"
