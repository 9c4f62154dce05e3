-- Where she may be, as it was believed at each fact, and who was to look where. Part of the trace: erased with it.
CREATE TABLE belief (
  incident_id text NOT NULL REFERENCES incident,
  -- The last row of the log about the incident that it knows.
  seq bigint NOT NULL,
  -- Made again because time went by: of these only the newest is kept for a seq, beside the one that the fact made.
  by_time boolean NOT NULL,
  at timestamptz NOT NULL,
  because text NOT NULL CHECK (because IN ('opened', 'sighting', 'correction', 'withdrawal', 'search', 'task', 'time')),
  rest_of_world double precision NOT NULL CHECK (rest_of_world BETWEEN 0 AND 1),
  entropy_bits double precision NOT NULL,
  -- JSON, gzip.
  posterior bytea NOT NULL,
  plan bytea NOT NULL,
  PRIMARY KEY (incident_id, seq, by_time)
);

-- How many subjects of closed incidents were found at which kind of place ('elsewhere': at none that the region knows), by
-- the part of the day in Shanghai in which their incident began.
CREATE TABLE prior_count (
  scam_type text NOT NULL,
  place_kind text NOT NULL,
  hour_band text NOT NULL CHECK (hour_band IN ('night', 'morning', 'afternoon', 'evening')),
  n integer NOT NULL CHECK (n >= 0),
  PRIMARY KEY (scam_type, place_kind, hour_band)
);

-- Each time that a leader set how likely the kinds of places are; the newest of a script is in force.
CREATE TABLE prior_change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scam_type text NOT NULL,
  -- Kind of place → weight; null: back to the defaults.
  weights jsonb,
  reason text NOT NULL,
  set_by text NOT NULL REFERENCES app_user,
  set_at timestamptz NOT NULL
);
CREATE INDEX prior_change_script ON prior_change (scam_type, seq);

-- Ordinary roads of at most 500 m become segments when somebody is sent there.
ALTER TABLE segment DROP CONSTRAINT segment_kind_check;
ALTER TABLE segment ADD CONSTRAINT segment_kind_check CHECK (kind IN ('industrialRoad', 'quietRoad', 'street'));

-- Why there, in the words that the crew reads.
ALTER TABLE task ADD COLUMN why_id text REFERENCES text_private ON DELETE SET NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON belief, prior_count TO jianmian_app;
GRANT SELECT, INSERT ON prior_change TO jianmian_app;
