select c.id, ST_AsGeoJSON(c.line, 7)::json as line, c.direction, c.road_name as "roadName", c.reason, coalesce(u.display_name, c.closed_by) as "closedBy", to_char(c.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt", to_char(c.until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "untilAt"
from road_closure c
left join app_user u on c.closed_by = 'user:' || u.id
where c.opened_at is null and (c.until_at is null or c.until_at > $1::timestamptz)
order by c.id desc
-- $1: "2026-11-22T01:00:00.000Z"
