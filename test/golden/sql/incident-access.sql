select i.id, i.state, i.station_id as "stationId", array(select user_id
from incident_member m
where m.incident_id = i.id
order by added_at, user_id) as members, array(select distinct o.station_id
from dispatch_order o
where o.incident_id = i.id and o.state not in ('handedOver', 'cancelled')) as "orderStationIds"
from incident i
where i.id = $1 for share of i
-- $1: "inc_1"
