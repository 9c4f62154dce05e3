select o.id, o.incident_id as "incidentId", o.station_id as "stationId", o.state, to_char(o.met_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "metAt"
from dispatch_order o
where o.station_id = any($1::text[]) and o.state not in ('fedBack', 'handedOver', 'cancelled')
order by o.id
for update of o
-- $1: ["st-1"]
