select distinct phone
from officer
where phone <> ''
