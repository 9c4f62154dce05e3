select road_class as "roadClass", weekend, hour, array_agg(total
order by bin) as bins
from ( select road_class, extract(isodow
from day) >= 6 as weekend, hour, bin, sum(count)::int as total
from road_speed cross join unnest(bins) with ordinality as counted(count, bin)
group by 1, 2, 3, 4) as summed
group by 1, 2, 3
order by 1, 2, 3
