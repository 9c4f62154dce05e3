select device.id, protocol, identifier, crs, unit_id as "unitId", callsign, to_char(device.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", to_char(rotated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "rotatedAt", case when previous_token_until > $1::timestamptz then to_char(previous_token_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as "previousTokenUntil", to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastUsedAt", to_char(revoked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "revokedAt"
from device
left join unit on unit.id = unit_id
order by revoked_at is not null, callsign nulls first, protocol, identifier
-- $1: "2026-11-22T01:00:00.000Z"
