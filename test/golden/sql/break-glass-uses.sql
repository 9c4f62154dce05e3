select b.authority_id as "authorityId", b.incident_id as "incidentId", i.number as "incidentNumber", b.opened_by as "openedBy", opener.display_name as "openedByName", b.reason, to_char(b.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt", to_char(least(b.expires_at, a.revoked_at, i.closed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endsAt", (select count(*)::int
from trace_look l
where l.authority_id = b.authority_id) as looks, to_char(b.review_due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "reviewDueAt", reviewer.display_name as "reviewedByName", to_char(b.reviewed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "reviewedAt", b.verdict, b.note
from break_glass b join authority a on a.id = b.authority_id join incident i on i.id = b.incident_id join app_user opener on opener.id = b.opened_by
left join app_user reviewer on reviewer.id = b.reviewed_by
where b.reviewed_at is null
order by b.reviewed_at is not null, case when b.reviewed_at is null then b.review_due_at end, b.opened_at desc
limit $1
-- $1: 10
