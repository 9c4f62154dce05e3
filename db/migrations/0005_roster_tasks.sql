-- Who is on duty, and who is sent to look where.

CREATE TABLE officer (
  id text PRIMARY KEY,
  name text NOT NULL,
  badge_number text NOT NULL,
  sworn boolean NOT NULL,
  station_id text REFERENCES station ON DELETE SET NULL,
  phone text,
  created_at timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE UNIQUE INDEX officer_badge ON officer (badge_number) WHERE removed_at IS NULL;

CREATE TABLE vehicle (
  id text PRIMARY KEY,
  plate text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('car', 'motorcycle')),
  station_id text REFERENCES station ON DELETE SET NULL,
  in_service boolean NOT NULL,
  created_at timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE UNIQUE INDEX vehicle_plate ON vehicle (plate) WHERE removed_at IS NULL;

-- That no unit, officer or vehicle is in two shifts at once is kept by the services: they lock all three while they look.
CREATE TABLE shift (
  id text PRIMARY KEY,
  unit_id text NOT NULL REFERENCES unit,
  vehicle_id text REFERENCES vehicle,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  planned_by text NOT NULL,
  planned_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  CHECK (starts_at < ends_at)
);
CREATE INDEX shift_unit ON shift (unit_id, ends_at) WHERE cancelled_at IS NULL;
CREATE INDEX shift_time ON shift (ends_at, starts_at) WHERE cancelled_at IS NULL;

CREATE TABLE shift_officer (
  shift_id text NOT NULL REFERENCES shift ON DELETE CASCADE,
  officer_id text NOT NULL REFERENCES officer,
  PRIMARY KEY (shift_id, officer_id)
);
CREATE INDEX shift_officer_officer ON shift_officer (officer_id);

CREATE TABLE task (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  unit_id text NOT NULL REFERENCES unit,
  -- Exactly one of the two; not a reference, since a new region has other places.
  place_id text,
  segment_id text,
  method text NOT NULL,
  state text NOT NULL CHECK (state IN ('ordered', 'accepted', 'arrived', 'done', 'refused', 'cancelled')),
  outcome text CHECK (outcome IN ('found', 'notHere', 'blocked')),
  result_method text,
  -- The state that undoing the result leads back to.
  resumes text,
  -- The search that the result wrote into the trace.
  sighting_id text REFERENCES sighting ON DELETE SET NULL,
  needs_sworn boolean NOT NULL,
  ordered_by text NOT NULL,
  ordered_at timestamptz NOT NULL,
  accepted_at timestamptz,
  arrived_at timestamptz,
  ended_at timestamptz,
  help_at timestamptz,
  -- Why it was refused, cancelled or undone, and what was noted with the result: words, so in the vault.
  reason_id text REFERENCES text_private ON DELETE SET NULL,
  note_id text REFERENCES text_private ON DELETE SET NULL,
  CHECK ((place_id IS NULL) <> (segment_id IS NULL)),
  CHECK ((state = 'done') = (outcome IS NOT NULL))
);
CREATE INDEX task_incident ON task (incident_id, id);
CREATE INDEX task_unit ON task (unit_id, id);
CREATE UNIQUE INDEX task_once ON task (incident_id, unit_id, coalesce(place_id, segment_id))
  WHERE state IN ('ordered', 'accepted', 'arrived');

GRANT SELECT, INSERT, UPDATE, DELETE ON officer, vehicle, shift, shift_officer, task TO jianmian_app;
