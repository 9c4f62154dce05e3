-- Roads as the centre knows them today: closed stretches, and how fast its units really drive.

CREATE TABLE road_closure (
  id text PRIMARY KEY,
  -- The whole stretch from junction to junction: edges are found again from it, whatever region is installed.
  line geometry(LineString, 4326) NOT NULL,
  direction text NOT NULL CHECK (direction IN ('both', 'forward')),
  -- What the road was called when it was closed; null: it had no name.
  road_name text,
  -- Free text: it stays out of the log.
  reason text NOT NULL,
  closed_by text NOT NULL,
  closed_at timestamptz NOT NULL,
  until_at timestamptz,
  opened_by text,
  opened_at timestamptz,
  CHECK ((opened_by IS NULL) = (opened_at IS NULL))
);
CREATE INDEX road_closure_closed ON road_closure (id) WHERE opened_at IS NULL;

-- How fast units drove, day by day: counts of driven over default speed in bins, by class of road and hour of day in
-- Shanghai (server/road/speeds.ts). A day is written as a whole, so learning it again changes nothing.
CREATE TABLE road_speed (
  day date NOT NULL,
  road_class text NOT NULL,
  hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
  bins integer[] NOT NULL,
  PRIMARY KEY (day, road_class, hour)
);

CREATE TABLE road_setting (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Whether travel times use the learned speeds.
  use_speeds boolean NOT NULL,
  -- The last day in Shanghai that was learned from.
  learned_day date
);
INSERT INTO road_setting (use_speeds) VALUES (false);

GRANT SELECT, INSERT, UPDATE, DELETE ON road_closure, road_speed TO jianmian_app;
GRANT SELECT, UPDATE ON road_setting TO jianmian_app;
