-- Forks of a case that somebody ran on: what was changed, and when she would have been met. Where she was is not in it.
CREATE TABLE what_if (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  -- The last row of the log that was known, and the moment.
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  seed bigint NOT NULL,
  draws integer NOT NULL,
  horizon_min integer NOT NULL,
  -- Who gives the next orders.
  policy text NOT NULL,
  changes jsonb NOT NULL,
  result jsonb NOT NULL,
  made_by text NOT NULL REFERENCES app_user,
  made_at timestamptz NOT NULL
);
CREATE INDEX what_if_incident ON what_if (incident_id, made_at);
ALTER TABLE what_if ENABLE ROW LEVEL SECURITY;
ALTER TABLE what_if FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON what_if TO jianmian_app;
CREATE POLICY in_reach ON what_if USING (reaches_all_cases() OR reaches(incident_id));
