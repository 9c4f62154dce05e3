select unknown_device.id, unknown_device.protocol, identifier_masked as "identifierMasked", device.identifier as gateway, address, attempts::float8 as attempts, to_char(first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstAt", to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt"
from unknown_device
left join device on device.id = gateway_id
order by last_at desc, unknown_device.id
