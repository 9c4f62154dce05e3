select app_user.id, username, display_name as "displayName", role, station_id as "stationId", active, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", certificate, must_change_password as "mustChangePassword", (select to_char(max(last_seen_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from user_session
where user_id = app_user.id) as "lastSeenAt", exists(select
from user_totp
where user_id = app_user.id and confirmed_at is not null) as totp, (select count(*)::int
from passkey
where user_id = app_user.id) as passkeys, (select to_char((at + $1::interval) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from login_failure
where login_failure.username = app_user.username and at >= $2::timestamptz
order by at desc
offset $3
limit 1) as "lockedUntil"
from app_user
order by active desc, username
-- $1: "900000 milliseconds"
-- $2: "2026-11-22T01:00:00.000Z"
-- $3: 4
