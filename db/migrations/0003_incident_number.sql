-- The number by which people speak of an incident: its place among those opened on the same day in Shanghai, from 1.
ALTER TABLE incident ADD COLUMN number integer CHECK (number > 0);
UPDATE incident SET number = counted.number
FROM (
  SELECT id, row_number() OVER (PARTITION BY (opened_at AT TIME ZONE 'Asia/Shanghai')::date ORDER BY opened_at, id) AS number
  FROM incident
) counted
WHERE counted.id = incident.id;
ALTER TABLE incident ALTER COLUMN number SET NOT NULL;

-- The last number given on each day. Its row is locked to the commit, so numbers have neither gaps nor doubles.
CREATE TABLE incident_day (
  day date PRIMARY KEY,
  last integer NOT NULL CHECK (last > 0)
);
INSERT INTO incident_day (day, last)
SELECT (opened_at AT TIME ZONE 'Asia/Shanghai')::date, max(number) FROM incident GROUP BY 1;
GRANT SELECT, INSERT, UPDATE ON incident_day TO jianmian_app;

-- The log tells every screen's world: what was opened before this version must tell its number too.
UPDATE domain_event SET payload = payload || jsonb_build_object('number', incident.number)
FROM incident WHERE domain_event.kind = 'incidentOpened' AND domain_event.incident_id = incident.id;
